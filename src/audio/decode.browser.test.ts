// Sines of 500 Hz on the first channel, encoded by libsndfile and FFmpeg; a second channel, if present, is silent.
import { afterEach, expect, test, vi } from 'vitest'
import { ProblemError } from '../base/problem.ts'
import { probeContainer } from '../io/audio-containers/probe.ts'
import files from '../io/fixtures/audio-files.fixture.json'
import { fixtureBytes } from '../io/testing/fixture-bytes.ts'
import { decodeAudio as decodeBlob } from './decode.ts'

/** Decodes as the page does, with the headers that the analysis has read. */
const decodeAudio = ({ name, bytes }: { name: string; bytes: Uint8Array<ArrayBuffer> }) =>
  decodeBlob({ name, blob: new Blob([bytes]), container: probeContainer(bytes) })

type Name = keyof typeof files
const fileOf = (name: Name) => ({ name, bytes: fixtureBytes(files[name]) })
const cutTo = (name: Name, share: number) => {
  const { bytes } = fileOf(name)
  return { name, bytes: bytes.slice(0, Math.round(bytes.length * share)) }
}
async function problemOf(file: { name: string; bytes: Uint8Array<ArrayBuffer> }) {
  const thrown = await decodeAudio(file).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(thrown instanceof ProblemError)) throw new Error(`No problem with ${file.name}.`, { cause: thrown })
  return thrown.problem
}
afterEach(() => {
  vi.restoreAllMocks()
})

/** Amplitude of the sine at `frequencyHz` in the middle half of `samples`, an integer number of its periods. */
function amplitudeAt(samples: Float32Array, sampleRateHz: number, frequencyHz: number): number {
  const from = Math.round(sampleRateHz / 4)
  const count = Math.round(sampleRateHz / 2)
  let [re, im] = [0, 0]
  for (let i = 0; i < count; i++) {
    const phase = (2 * Math.PI * frequencyHz * i) / sampleRateHz
    re += samples[from + i] * Math.cos(phase)
    im += samples[from + i] * Math.sin(phase)
  }
  return (2 * Math.hypot(re, im)) / count
}

test.each(['sine.mp3', 'constant-rate.mp3', 'vorbis.ogg', 'opus.ogg', 'sine.m4a', 'fast-start.m4a'] as const)(
  '%s decodes at its own rate, and a silent second channel is left out',
  async (name) => {
    const { samples, sampleRateHz, channels } = await decodeAudio(fileOf(name))
    expect(sampleRateHz).toBe(files[name].sampleRateHz)
    expect(channels.used).toEqual([0])
    expect(samples.length / sampleRateHz).toBeGreaterThan(0.98)
    expect(amplitudeAt(samples, sampleRateHz, 500)).toBeGreaterThan(0.47)
    expect(amplitudeAt(samples, sampleRateHz, 500)).toBeLessThan(0.53)
  },
)

test('FLAC decodes losslessly and is not resampled', async () => {
  const { samples, sampleRateHz } = await decodeAudio(fileOf('sine.flac'))
  expect(sampleRateHz).toBe(16000)
  const written = Float32Array.from(
    { length: 16000 },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * i * 500) / 16000),
  )
  expect(samples.length).toBe(16000)
  for (let i = 0; i < 16000; i++) expect(Math.abs(samples[i] - written[i])).toBeLessThan(1 / 32768)
})

test('a container without a probe is decoded at the default rate', async () => {
  const { samples, sampleRateHz } = await decodeAudio(fileOf('opus.webm'))
  expect(sampleRateHz).toBe(48000)
  expect(amplitudeAt(samples, sampleRateHz, 500)).toBeGreaterThan(0.47)
})

test('a video without sound is refused', async () => {
  expect(await problemOf(fileOf('video.mp4'))).toMatchObject({ code: 'audio-no-track', file: 'video.mp4' })
})

test.each(['sine.mp3', 'sine.flac', 'vorbis.ogg', 'opus.ogg', 'sine.m4a', 'fast-start.m4a'] as const)(
  '%s, truncated half-way, is reported as truncated',
  async (name) => {
    const problem = await problemOf(cutTo(name, 0.5))
    expect(problem).toMatchObject({ code: 'audio-cut-short', file: name })
  },
)

test('the missing part is stated if the file states its length', async () => {
  const { message } = await problemOf(cutTo('sine.mp3', 0.5))
  expect(message).toMatch(/^sine\.mp3 is truncated \(decoded 0\.\d of 1\.\d s\)\.$/)
})

test('a file that is too long is refused before it is decoded, if its headers state the length', async () => {
  const decoder = vi.spyOn(OfflineAudioContext.prototype, 'decodeAudioData')
  const { name, bytes } = fileOf('sine.flac')
  new DataView(bytes.buffer).setUint32(22, 601 * 16000)
  expect(await problemOf({ name, bytes })).toMatchObject({
    code: 'audio-too-long',
    message: 'sine.flac is 10.0 minutes long.',
  })
  expect(decoder).not.toHaveBeenCalled()
})

test('a file whose length is known only after decoding is refused then', async () => {
  const long = new AudioBuffer({ length: 601 * 8000, sampleRate: 8000 })
  vi.spyOn(OfflineAudioContext.prototype, 'decodeAudioData').mockResolvedValue(long)
  expect(await problemOf(fileOf('opus.webm'))).toMatchObject({ code: 'audio-too-long' })
})

test.each(['sine.mp3', 'sine.flac', 'vorbis.ogg', 'opus.ogg', 'fast-start.m4a'] as const)(
  '%s, damaged at random, gives a clip or a problem',
  async (name) => {
    const whole = fileOf(name).bytes
    let state = 2
    const below = (bound: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * bound)
    }
    for (let run = 0; run < 2000; run++) {
      const bytes = whole.slice(0, 1 + below(whole.length))
      for (let change = below(6); change > 0; change--) bytes[below(bytes.length)] = below(256)
      const outcome = await decodeAudio({ name, bytes }).catch((thrown: unknown) => thrown)
      expect(outcome).toSatisfy((one) => one instanceof ProblemError || one.samples.length > 0)
    }
  },
)

test('a file that the browser cannot decode is refused with a remedy', async () => {
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 251)
  expect(await problemOf({ name: 'noise.mp3', bytes: noise })).toMatchObject({
    code: 'audio-not-decodable',
    file: 'noise.mp3',
    remedy: expect.stringContaining('WAV'),
  })
  expect(await problemOf({ name: 'empty.mp3', bytes: new Uint8Array() })).toMatchObject({
    code: 'audio-not-decodable',
  })
})
