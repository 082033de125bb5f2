// Uses a real context (Chromium runs one without a sound card); take-mixer.browser.test.ts checks the samples
// themselves.
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { ProblemError, toProblem } from '../../base/problem.ts'
import { noOutput } from './audio-output.ts'
import type { PlayerState, PlayerTake } from './player.ts'
import { WebAudioPlayer } from './web-audio-player.ts'

const sampleRateHz = 22050
const take = (id: string, seconds = 2, rate = sampleRateHz): PlayerTake => ({
  id,
  samples: new Float32Array(Math.round(seconds * rate)).fill(0.01),
  sampleRateHz: rate,
  gainDb: 0,
})

const players: WebAudioPlayer[] = []
const contexts: AudioContext[] = []
function playerOf(...takes: PlayerTake[]): WebAudioPlayer {
  const player = new WebAudioPlayer((rate) => {
    const context = new AudioContext({ sampleRate: rate })
    contexts.push(context)
    return context
  })
  players.push(player)
  player.setTakes(takes)
  return player
}
afterEach(() => {
  for (const player of players.splice(0)) player.dispose()
  expect(contexts.splice(0).map(({ state }) => state)).not.toContain('running')
})
const passed = (player: WebAudioPlayer, seconds: number) =>
  vi.waitFor(() => expect(player.positionSeconds()).toBeGreaterThan(seconds), { timeout: 5000, interval: 10 })

test('it plays at the rate of the takes, pauses at its position and continues from there', async () => {
  const player = playerOf(take('a'))
  expect(player.state).toEqual({ playing: false, audibleId: 'a', durationSeconds: 2 })
  await player.play()
  expect(contexts[0].sampleRate).toBe(sampleRateHz)
  expect(player.state.playing).toBe(true)
  await passed(player, 0.3)
  player.pause()
  const rest = player.positionSeconds()
  expect(player.state.playing).toBe(false)
  await player.play()
  await passed(player, rest)
  expect(player.positionSeconds()).toBeLessThan(rest + 0.3)
})

test('an output that was opened ahead of its takes is the one that plays them', async () => {
  const player = playerOf()
  player.openOutput(sampleRateHz)
  expect(player.state.playing).toBe(false)
  player.setTakes([take('a')])
  await player.play()
  await passed(player, 0.1)
  expect(contexts).toHaveLength(1)
})

test('an output that was opened for takes that never came is suspended after play', async () => {
  const player = playerOf()
  player.openOutput(sampleRateHz)
  await vi.waitFor(() => expect(contexts[0].state).toBe('running'))
  await player.play()
  await vi.waitFor(() => expect(contexts[0].state).toBe('suspended'), { timeout: 5000 })
})

test('an output that fails to open ahead of its takes is left to the first play', async () => {
  let attempts = 0
  const player = new WebAudioPlayer(() => {
    attempts++
    throw noOutput()
  })
  players.push(player)
  player.openOutput(sampleRateHz)
  player.setTakes([take('a')])
  await expect(player.play()).rejects.toThrow(ProblemError)
  expect(attempts).toBe(2)
})

test('switching and adding a take leave the clock running', async () => {
  const player = playerOf(take('a'), take('b'))
  await player.play()
  await passed(player, 0.2)
  player.select('b')
  player.setTakes([take('a'), take('b'), take('c', 1.5, 16000)])
  expect(player.state).toMatchObject({ playing: true, audibleId: 'b' })
  expect(player.positionSeconds()).toBeGreaterThan(0.2)
  await passed(player, 0.5)
})

test('without a region it ends by itself and restarts from the beginning', async () => {
  const player = playerOf(take('short', 0.2))
  await player.play()
  await vi.waitFor(() => expect(player.state.playing).toBe(false))
  expect(player.positionSeconds()).toBe(0)
  await player.play()
  expect(player.state.playing).toBe(true)
})

test('a region loops, and limits the clock', async () => {
  const player = playerOf(take('a'))
  player.loopRegion({ startSeconds: 1, endSeconds: 1.2 })
  await player.play()
  const places: number[] = []
  await vi.waitFor(
    () => {
      places.push(player.positionSeconds())
      expect(places.some((place, i) => place < places[i - 1])).toBe(true)
    },
    { timeout: 5000, interval: 10 },
  )
  expect(Math.min(...places)).toBeGreaterThanOrEqual(1)
  expect(Math.max(...places)).toBeLessThan(1.2)
  player.loopRegion(undefined)
  await passed(player, 1.25)
  player.stop()
  expect(player.positionSeconds()).toBe(0)
})

test('switching among many takes inside a loop keeps the clock running in it', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `take ${index}`)
  const player = playerOf(...ids.map((id) => take(id)))
  player.loopRegion({ startSeconds: 0.5, endSeconds: 0.8 })
  await player.play()
  let elapsed = 0
  let before = player.positionSeconds()
  const startedAt = contexts[0].currentTime
  for (const id of ids) {
    player.select(id)
    expect(player.state).toMatchObject({ playing: true, audibleId: id })
    await new Promise((resolve) => setTimeout(resolve, 20))
    const now = player.positionSeconds()
    expect(now).toBeGreaterThanOrEqual(0.5)
    expect(now).toBeLessThan(0.8)
    elapsed += now < before ? now - before + 0.3 : now - before
    before = now
  }
  expect(elapsed).toBeGreaterThan(0.1)
  expect(elapsed).toBeLessThanOrEqual(contexts[0].currentTime - startedAt + 0.05)
})

test('regions and seeks are clamped to the takes', () => {
  const player = playerOf(take('a'))
  player.loopRegion({ startSeconds: -1, endSeconds: 9 })
  expect(player.state.region).toEqual({ startSeconds: 0, endSeconds: 2 })
  player.loopRegion({ startSeconds: 1, endSeconds: 1.001 })
  expect(player.state.region).toBeUndefined()
  player.seek(9)
  expect(player.positionSeconds()).toBe(2)
  player.setTakes([take('a', 1)])
  expect(player.positionSeconds()).toBe(1)
  player.setTakes([])
  expect(player.state).toMatchObject({ playing: false, audibleId: undefined, durationSeconds: 0 })
  expect(player.positionSeconds()).toBe(0)
})

test('the audible take stays audible while it exists; otherwise the requested or the first one is', async () => {
  const player = playerOf(take('a'), take('b'), take('c'))
  player.select('b')
  player.setTakes([take('a'), take('b')])
  expect(player.state.audibleId).toBe('b')
  player.setTakes([take('a'), take('d')], 'd')
  expect(player.state.audibleId).toBe('d')
  player.setTakes([take('e'), take('f')])
  expect(player.state.audibleId).toBe('e')
  player.select('nobody')
  expect(player.state.audibleId).toBe('e')
})

test('listeners receive new plain states until they unsubscribe', async () => {
  const player = playerOf(take('a'), take('b'))
  const heard: PlayerState[] = []
  const leave = player.onChange((state) => heard.push(state))
  player.select('b')
  await player.play()
  leave()
  player.pause()
  expect(heard.map(({ playing, audibleId }) => [playing, audibleId])).toEqual([
    [false, 'b'],
    [true, 'b'],
  ])
  expect(structuredClone(heard)).toEqual(heard)
})

test('it suspends the device some time after playback, and resumes it', async () => {
  const player = playerOf(take('a'))
  await player.play()
  player.pause()
  await vi.waitFor(() => expect(contexts[0].state).toBe('suspended'), { timeout: 5000 })
  await player.play()
  expect(contexts[0].state).toBe('running')
  await passed(player, 0.1)
})

test('copies of the takes are kept for a quick replay, and dropped when the device is suspended', async () => {
  const copy = vi.spyOn(AudioBuffer.prototype, 'copyToChannel')
  onTestFinished(() => copy.mockRestore())
  const player = playerOf(take('a'), take('b'))
  await player.play()
  expect(copy).toHaveBeenCalledTimes(2)
  player.pause()
  await player.play()
  expect(copy).toHaveBeenCalledTimes(2)
  player.pause()
  await vi.waitFor(() => expect(contexts[0].state).toBe('suspended'), { timeout: 5000 })
  await player.play()
  expect(copy).toHaveBeenCalledTimes(4)
})

test('an output that stays suspended is reported as blocked, or as missing after a user gesture', async () => {
  const stuck = new AudioContext()
  contexts.push(stuck)
  await stuck.suspend()
  vi.spyOn(stuck, 'resume').mockReturnValue(new Promise(() => {}))
  const player = new WebAudioPlayer(() => stuck)
  players.push(player)
  player.setTakes([take('a')])
  const acted = vi.spyOn(navigator.userActivation, 'hasBeenActive', 'get').mockReturnValue(false)
  await expect(player.play()).rejects.toMatchObject({ problem: { code: 'playback-blocked' } })
  acted.mockReturnValue(true)
  await expect(player.play()).rejects.toMatchObject({ problem: { code: 'playback-no-output' } })
  expect(player.state.playing).toBe(false)
  acted.mockRestore()
})

test('an output that cannot be opened is a problem with a remedy', async () => {
  vi.stubGlobal('AudioContext', function none() {
    throw new DOMException('No.', 'NotSupportedError')
  })
  const player = new WebAudioPlayer()
  player.setTakes([take('a')])
  const thrown = await player.play().catch((reason: unknown) => reason)
  vi.unstubAllGlobals()
  expect(toProblem(thrown)).toMatchObject({
    code: 'playback-no-output',
    remedy: expect.stringContaining('Play'),
  })
})

test('an output that is lost during playback stops the clock, reports why, and can be played again', async () => {
  const player = playerOf(take('a'))
  await player.play()
  await passed(player, 0.1)
  await contexts[0].suspend()
  await vi.waitFor(() => expect(player.state.problem?.code).toBe('playback-no-output'))
  expect(player.state.playing).toBe(false)
  await player.play()
  expect(player.state).toMatchObject({ playing: true, problem: undefined })
  await passed(player, 0.15)
})

test('a pause while the output is opening takes precedence', async () => {
  const player = playerOf(take('a'))
  const playing = player.play()
  player.pause()
  await playing
  expect(player.state.playing).toBe(false)
})
