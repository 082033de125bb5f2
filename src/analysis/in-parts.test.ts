import { expect, test } from 'vitest'
import { hifiGanConvention as convention } from '../dsp/mel/hifi-gan-convention.ts'
import { melSpectrogram } from '../dsp/mel/mel.ts'
import { integratedLoudness } from '../dsp/signals/loudness.ts'
import { levelSpectrogram } from '../dsp/spectra/level-spectrogram.ts'
import { hopFactorFor, peakLevelDb } from '../dsp/spectra/spectrogram.ts'
import { syntheticVoice } from '../dsp/testing/synthetic-voice.ts'
import { compareInParts, measureInParts, melDifferenceInParts } from './in-parts.ts'
import { createAnalysis } from './in-thread.ts'
import { measurePart } from './measure.ts'

const { sampleRateHz, hopSamples } = convention
const voice = Float32Array.from(syntheticVoice({ samples: 3 * sampleRateHz }))
const { compare, melDifference } = createAnalysis()

/** A voice that grows louder, with a pause in it. */
const speech = (samples: number) =>
  Float32Array.from({ length: samples }, (_, n) =>
    n % 70_000 < 30_000 ? 0 : (0.2 + (0.8 * n) / samples) * voice[n % voice.length],
  )

/** The lengths of the arrays that cross, and a promise of the result. */
const counting = <Input, Result>(
  call: (input: Input) => Promise<Result>,
  sizeOf: (input: Input) => number,
) => {
  const sizes: number[] = []
  return {
    sizes,
    call(input: Input) {
      sizes.push(sizeOf(input))
      return call(input)
    },
  }
}

const partSeconds = 2
const partFrames = 100

// One part; its end; a short rest; a rest that is shorter than half of an FFT; several parts at other rates.
test.each([
  [1, sampleRateHz],
  [2, sampleRateHz],
  [2.3, sampleRateHz],
  [2.01, sampleRateHz],
  [6.7, 16_000],
  [5, 44_100],
])('levels of %d s at %d Hz by parts are those of the whole', async (seconds, rateHz) => {
  const samples = speech(Math.round(seconds * rateHz))
  const { call, sizes } = counting(
    async (part: Parameters<typeof measurePart>[0]) => measurePart(part),
    ({ part }) => part.samples.length,
  )
  const found = await measureInParts({ samples, sampleRateHz: rateHz }, call, partSeconds)
  const expected = levelSpectrogram(samples, rateHz, hopFactorFor(samples.length, rateHz))
  expect(found.spectrogram).toEqual(expected)
  expect(found.peakDb).toBe(peakLevelDb(expected))
  expect(found.loudnessLufs).toBeCloseTo(integratedLoudness(samples, rateHz), 9)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(4 * rateHz)
  expect(sizes).toHaveLength(Math.ceil(seconds / 2))
})

test.each([
  ['as long as its mel', 0],
  ['longer', 150],
  ['shorter', -70],
])('audio that is %s is compared with the mel by parts as on the whole', async (_, extraFrames) => {
  const frames = 320
  const samples = speech((frames + extraFrames) * hopSamples + 100)
  const mel = melSpectrogram(speech(frames * hopSamples), convention)
  for (let i = 0; i < mel.values.length; i += 7) mel.values[i] += 0.1
  const input = { audio: { samples, sampleRateHz }, mel, convention }
  const against = { mel, convention }
  const compared = counting(compare, ({ audio }) => audio.samples.length)
  const whole = await compare({ audio: input.audio, against })
  const parts = await compareInParts({ audio: input.audio, against }, compared.call, partFrames)
  if (whole.quality?.against !== 'mel' || parts.quality?.against !== 'mel') throw new Error('not compared')
  expect(whole.quality.melErrorNats).toBeGreaterThan(0.01)
  expect(parts.quality.melErrorNats).toBeCloseTo(whole.quality.melErrorNats, 10)
  expect(compared.sizes.length).toBeGreaterThan(1)
  expect(Math.max(...compared.sizes)).toBeLessThan(110 * hopSamples)

  const differing = counting(melDifference, ({ audio }) => audio.samples.length)
  expect(await melDifferenceInParts(input, differing.call, partFrames)).toEqual(await melDifference(input))
  expect(Math.max(...differing.sizes)).toBeLessThan(110 * hopSamples)
})

test('what has no parts is one call: a recording, other rates, known magnitudes, a short mel', async () => {
  const samples = speech(3 * sampleRateHz)
  const mel = melSpectrogram(samples, convention)
  const audio = { samples, sampleRateHz }
  const compared = counting(compare, () => 1)
  const slower = { samples, sampleRateHz: 16_000 }
  await compareInParts({ audio, against: { recording: audio } }, compared.call)
  await compareInParts({ audio: slower, against: { mel, convention } }, compared.call)
  await compareInParts({ audio, against: { mel, convention } }, compared.call)
  const magnitudes = levelSpectrogram(samples, sampleRateHz)
  const known = await compareInParts({ audio, against: { mel, convention, magnitudes } }, compared.call)
  expect(known.quality).toMatchObject({ against: 'mel', lsdDb: 0 })
  expect(compared.sizes).toHaveLength(4)
})

test('a part that cannot be compared ends the comparison with its problem', async () => {
  const frames = 320
  const problem = { code: 'compare-silence', message: 'Silent.' }
  const mel = { frames, bands: 80, values: new Float32Array(80 * frames) }
  const audio = { samples: new Float32Array(frames * hopSamples), sampleRateHz }
  const compared = counting(
    async () => ({ problem }),
    () => 1,
  )
  expect(await compareInParts({ audio, against: { mel, convention } }, compared.call, partFrames)).toEqual({
    problem,
  })
  expect(compared.sizes).toHaveLength(1)
})
