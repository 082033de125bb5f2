import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { openReadyPage } from '../testing/fake-services.ts'

async function openWithTakes() {
  const opened = await openReadyPage()
  await opened.page().synthesize()
  opened.player.change({ durationSeconds: 6 })
  return opened
}

test('swapping goes to the take that was heard before, and back', async () => {
  const { page } = await openWithTakes()
  const [wavegrad, infergrad, griffinLim] = page().takes
  page().select(wavegrad.id)
  page().select(griffinLim.id)
  page().toggleLastTwo()
  expect(page().audibleId).toBe(wavegrad.id)
  page().toggleLastTwo()
  expect(page().audibleId).toBe(griffinLim.id)
  page().select(infergrad.id)
  page().toggleLastTwo()
  expect(page().audibleId).toBe(griffinLim.id)
})

test('the take that was heard before is followed to its successor', async () => {
  const { page } = await openWithTakes()
  page().select(page().takes[1].id)
  page().select(page().takes[2].id)
  await page().synthesize()
  expect(page().audibleId).toBe(page().takes[2].id)
  page().toggleLastTwo()
  expect(page().audibleId).toBe(page().takes[1].id)
})

test('the loop is turned off and on again where it was, until it is cleared', async () => {
  const { page, player } = await openWithTakes()
  const region = { startSeconds: 1, endSeconds: 2 }
  page().loopRegion(region)
  page().toggleLoop()
  expect(page().region).toBeUndefined()
  page().toggleLoop()
  expect(page().region).toEqual(region)
  page().loopRegion(undefined)
  player.positionSeconds = () => 3.5
  page().toggleLoop()
  expect(page().region, 'two seconds about the clock').toEqual({ startSeconds: 2.5, endSeconds: 4.5 })
})

test('without a loop of its own, what is shown is looped', async () => {
  const { page } = await openWithTakes()
  page().showSeconds({ startSeconds: 0.5, endSeconds: 1.25 })
  page().toggleLoop()
  expect(page().region).toEqual({ startSeconds: 0.5, endSeconds: 1.25 })
})

test('another source begins without a loop, a zoom or a crosshair', async () => {
  const { page } = await openWithTakes()
  page().toggleLoop()
  page().toggleLoop()
  page().showSeconds({ startSeconds: 0.5, endSeconds: 1.25 })
  page().pointTo({ seconds: 1, hz: 100, byKey: false })
  await page().openExample('second')
  const { region, lastRegion, shownSeconds, crosshair } = page()
  expect([region, lastRegion, shownSeconds, crosshair]).toEqual(Array(4).fill(undefined))
})

test('playing from the start begins with the loop, or with the takes', async () => {
  const { page, player } = await openWithTakes()
  const seek = vi.spyOn(player, 'seek')
  await page().playFromStart()
  page().loopRegion({ startSeconds: 1, endSeconds: 2 })
  await page().playFromStart()
  expect(seek.mock.calls).toEqual([[0], [1]])
  expect(page().playing).toBe(true)
  player.positionSeconds = () => 1.5
  page().seekBy(-1)
  expect(seek).toHaveBeenLastCalledWith(0.5)
})

test('an output that is blocked, missing or taken away is told, and the page goes on', async () => {
  const { page, player } = await openWithTakes()
  const refused = (code: string) => new ProblemError({ code, message: code })
  for (const code of ['playback-blocked', 'playback-no-output']) {
    player.play = async () => {
      throw refused(code)
    }
    await page().play()
  }
  const codes = () => page().problems.map(({ problem }) => problem.code)
  expect(codes()).toEqual(['playback-blocked', 'playback-no-output'])
  page().dismiss(page().problems[1].id)
  player.change({ playing: true })
  player.change({ playing: false, problem: refused('playback-no-output').problem })
  expect(codes()).toEqual(['playback-blocked', 'playback-no-output'])
  await page().synthesize()
  expect(page().takes).toHaveLength(3)
})
