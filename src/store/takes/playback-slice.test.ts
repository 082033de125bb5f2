import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { openReadyPage } from '../testing/fake-services.ts'

async function openWithTakes() {
  const opened = await openReadyPage()
  await opened.actions.synthesis.run()
  opened.player.change({ durationSeconds: 6 })
  return opened
}

test('InferGrad is selected when it is ready, unless a take was chosen or plays', async () => {
  const { actions, page, player } = await openReadyPage({ exampleId: 'second' })
  const heard = () => page().takes.all.find(({ id }) => id === page().playback.audibleId)?.system
  expect(heard(), 'the recording is there first').toBe('recording')
  await player.play()
  await actions.synthesis.run()
  expect(heard(), 'a new take does not interrupt playback').toBe('recording')
  actions.playback.pause()
  await actions.synthesis.run()
  expect(heard()).toBe('infergrad')
  actions.playback.select(page().takes.all[0].id)
  const chosen = heard()
  expect(chosen).not.toBe('infergrad')
  await actions.synthesis.run()
  expect(heard(), 'the choice holds for this source').toBe(chosen)
  await actions.source.openExample('first')
  await actions.synthesis.run()
  expect(heard(), 'and not for the next one').toBe('infergrad')
})

test('toggling switches to the previously selected take, and back', async () => {
  const { actions, page } = await openWithTakes()
  const [wavegrad, infergrad, griffinLim] = page().takes.all
  actions.playback.select(wavegrad.id)
  actions.playback.select(griffinLim.id)
  actions.playback.toggleLastTwo()
  expect(page().playback.audibleId).toBe(wavegrad.id)
  actions.playback.toggleLastTwo()
  expect(page().playback.audibleId).toBe(griffinLim.id)
  actions.playback.select(infergrad.id)
  actions.playback.toggleLastTwo()
  expect(page().playback.audibleId).toBe(griffinLim.id)
})

test('the successor of the previously selected take takes its role', async () => {
  const { actions, page } = await openWithTakes()
  actions.playback.select(page().takes.all[1].id)
  actions.playback.select(page().takes.all[2].id)
  await actions.synthesis.run()
  expect(page().playback.audibleId).toBe(page().takes.all[2].id)
  actions.playback.toggleLastTwo()
  expect(page().playback.audibleId).toBe(page().takes.all[1].id)
})

test('the loop is turned off, and on again at the same place, until it is cleared', async () => {
  const { actions, page, player } = await openWithTakes()
  const region = { startSeconds: 1, endSeconds: 2 }
  actions.playback.loopRegion(region)
  actions.playback.toggleLoop()
  expect(page().playback.region).toBeUndefined()
  actions.playback.toggleLoop()
  expect(page().playback.region).toEqual(region)
  actions.playback.loopRegion(undefined)
  player.positionSeconds = () => 3.5
  actions.playback.toggleLoop()
  expect(page().playback.region, 'two seconds about the clock').toEqual({
    startSeconds: 2.5,
    endSeconds: 4.5,
  })
})

test('without an earlier loop, the shown range is looped', async () => {
  const { actions, page } = await openWithTakes()
  actions.view.showSeconds({ startSeconds: 0.5, endSeconds: 1.25 })
  actions.playback.toggleLoop()
  expect(page().playback.region).toEqual({ startSeconds: 0.5, endSeconds: 1.25 })
})

test('another source begins without a loop, a zoom or a crosshair', async () => {
  const { actions, page } = await openWithTakes()
  actions.playback.toggleLoop()
  actions.playback.toggleLoop()
  actions.view.showSeconds({ startSeconds: 0.5, endSeconds: 1.25 })
  actions.view.pointTo({ seconds: 1, hz: 100, byKey: false })
  await actions.source.openExample('second')
  const { region, lastRegion } = page().playback
  const { shownSeconds, crosshair } = page().view
  expect([region, lastRegion, shownSeconds, crosshair]).toEqual(Array(4).fill(undefined))
})

test('playing from the start begins with the loop, or with the takes', async () => {
  const { actions, page, player } = await openWithTakes()
  const seek = vi.spyOn(player, 'seek')
  await actions.playback.playFromStart()
  actions.playback.loopRegion({ startSeconds: 1, endSeconds: 2 })
  await actions.playback.playFromStart()
  expect(seek.mock.calls).toEqual([[0], [1]])
  expect(page().playback.playing).toBe(true)
  player.positionSeconds = () => 1.5
  actions.playback.seekBy(-1)
  expect(seek).toHaveBeenLastCalledWith(0.5)
})

test('an output that is blocked, missing or lost is reported, and the page keeps working', async () => {
  const { actions, page, player } = await openWithTakes()
  const refused = (code: string) => new ProblemError({ code, message: code })
  for (const code of ['playback-blocked', 'playback-no-output']) {
    player.play = async () => {
      throw refused(code)
    }
    await actions.playback.play()
  }
  const codes = () => page().problems.shown.map(({ problem }) => problem.code)
  expect(codes()).toEqual(['playback-blocked', 'playback-no-output'])
  actions.problems.dismiss(page().problems.shown[1].id)
  player.change({ playing: true })
  player.change({ playing: false, problem: refused('playback-no-output').problem })
  expect(codes()).toEqual(['playback-blocked', 'playback-no-output'])
  await actions.synthesis.run()
  expect(page().takes.all).toHaveLength(3)
})

test('playback continues with the successor of the selected take', async () => {
  const { actions, page } = await openReadyPage()
  await actions.synthesis.run()
  actions.playback.select(page().takes.all[1].id)
  await actions.synthesis.run()
  expect(page().playback.audibleId).toBe(page().takes.all[1].id)
})

test('levels are matched by attenuation to the quietest take, and can be restored', async () => {
  const { actions, player } = await openReadyPage()
  await actions.synthesis.run()
  const gains = () => player.takes.map(({ gainDb }) => Number(gainDb.toFixed(2)))
  // The amplitudes are 0.1, 0.2 and 0.25; the gains are 20 log10 of their ratios.
  await vi.waitFor(() => expect(gains()).toEqual([0, -6.02, -7.96]))
  actions.playback.matchLevels(false)
  expect(gains()).toEqual([0, 0, 0])
})
