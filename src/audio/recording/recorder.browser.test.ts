// Chromium's fake microphone beeps once a second; an injected getUserMedia makes refusals.
import { afterEach, expect, test, vi } from 'vitest'
import { isAbort, ProblemError, toProblem } from '../../base/problem.ts'
import { type RecordingProgress, recorderOn } from './recorder.ts'

const microphone = navigator.mediaDevices
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (thrown) => toProblem(thrown).code,
  )

/** The fake microphone's stream, kept for inspection and manipulation. */
function heldMicrophone() {
  const streams: MediaStream[] = []
  const constraints: (MediaStreamConstraints | undefined)[] = []
  const getUserMedia = async (wanted?: MediaStreamConstraints) => {
    constraints.push(wanted)
    const stream = await microphone.getUserMedia(wanted)
    streams.push(stream)
    return stream
  }
  return { streams, constraints, start: recorderOn({ getUserMedia }) }
}

/** A stream of silence, as from a muted microphone. */
function mutedMicrophone(context: AudioContext) {
  const { stream } = context.createMediaStreamDestination()
  return recorderOn({ getUserMedia: async () => stream })
}

const contexts: AudioContext[] = []
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())))

test('it records the microphone, reports time and level, and releases the microphone', async () => {
  const { streams, constraints, start } = heldMicrophone()
  const progress: RecordingProgress[] = []
  const recording = await start({ onProgress: (one) => progress.push(one) })
  await vi.waitFor(() => expect(progress.at(-1)?.elapsedSeconds).toBeGreaterThan(1.2), 5000)
  recording.stop()
  const clip = await recording.finished
  expect(clip.samples.length / clip.sampleRateHz).toBe(progress.at(-1)?.elapsedSeconds)
  const loudest = clip.samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0)
  expect(loudest).toBeGreaterThan(0.05)
  expect(Math.max(...progress.map(({ peak }) => peak))).toBeCloseTo(Math.min(1, loudest), 6)
  expect(streams[0].getTracks().every((track) => track.readyState === 'ended')).toBe(true)
  expect(constraints[0]).toEqual({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
  })
})

test('it ends by itself at the maximum length, exact to the sample', async () => {
  const { finished } = await recorderOn(microphone)({ maxSeconds: 1.1 })
  const { samples, sampleRateHz } = await finished
  expect(samples.length).toBe(Math.round(1.1 * sampleRateHz))
})

test('a cancelled recording is discarded', async () => {
  const recording = await recorderOn(microphone)()
  recording.cancel()
  recording.stop()
  expect(await recording.finished.catch(isAbort)).toBe(true)
})

test('a request cancelled during the permission prompt starts nothing', async () => {
  const { streams, start } = heldMicrophone()
  const controller = new AbortController()
  const starting = start({ signal: controller.signal })
  controller.abort()
  expect(await starting.catch(isAbort)).toBe(true)
  await vi.waitFor(() => expect(streams[0]?.getTracks()[0].readyState).toBe('ended'))
})

test('a cancelled request does not wait for the answer', async () => {
  const controller = new AbortController()
  const unanswered = recorderOn({ getUserMedia: () => new Promise(() => {}) })
  const starting = unanswered({ signal: controller.signal })
  controller.abort()
  expect(await starting.catch(isAbort)).toBe(true)
})

test('each refusal of getUserMedia has its own problem, with an alternative without a microphone', async () => {
  for (const [name, code] of [
    ['NotAllowedError', 'microphone-denied'],
    ['NotFoundError', 'microphone-absent'],
    ['OverconstrainedError', 'microphone-absent'],
    ['NotReadableError', 'microphone-busy'],
    ['AbortError', 'microphone-busy'],
    ['UnknownError', 'microphone-busy'],
  ]) {
    const refusing = recorderOn({ getUserMedia: () => Promise.reject(new DOMException('No.', name)) })
    const thrown = await refusing().catch((reason: unknown) => reason)
    expect(thrown).toBeInstanceOf(ProblemError)
    expect(toProblem(thrown)).toMatchObject({ code, remedy: expect.stringContaining('open an audio file') })
  }
})

test('a page without media devices is reported as insecure', async () => {
  expect(await codeOf(recorderOn(undefined)())).toBe('microphone-insecure-page')
})

test('a microphone that disconnects during the recording is reported', async () => {
  const { streams, start } = heldMicrophone()
  const recording = await start()
  // `stop` fires no event on the page that called it; unplugging fires this one.
  streams[0].getTracks()[0].dispatchEvent(new Event('ended'))
  expect(await codeOf(recording.finished)).toBe('microphone-unplugged')
})

test('a silent recording is refused instead of vocoded', async () => {
  const context = new AudioContext()
  contexts.push(context)
  const { finished } = await mutedMicrophone(context)({ maxSeconds: 0.3 })
  expect(await codeOf(finished)).toBe('microphone-silent')
})

test('a microphone whose capture cannot start is released', async () => {
  const { streams, start } = heldMicrophone()
  const broken = vi
    .spyOn(AudioWorklet.prototype, 'addModule')
    .mockRejectedValueOnce(new DOMException('No.', 'AbortError'))
  expect(await codeOf(start())).toBe('microphone-busy')
  expect(streams[0].getTracks()[0].readyState).toBe('ended')
  broken.mockRestore()
})
