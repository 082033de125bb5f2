import { expect, test } from 'vitest'
import { hifiGanConvention } from '../dsp/mel/hifi-gan-convention.ts'
import { melSpectrogram } from '../dsp/mel/mel.ts'
import { bytesAllocated } from '../dsp/testing/bytes-allocated.ts'
import { syntheticVoice } from '../dsp/testing/synthetic-voice.ts'
import { melError } from './mel-error.ts'

const convention = { ...hifiGanConvention, magnitudeEpsilon: 0, floor: 1e-9 }
const voice = Float32Array.from(syntheticVoice({ samples: 256 * 40 }))

test('audio has no error relative to its own mel', () => {
  expect(melError(melSpectrogram(voice, convention), voice, convention)).toBe(0)
})

test.each(['ln', 'log10'] as const)('half the amplitude is ln 2 away, for a mel in %s', (log) => {
  const mel = melSpectrogram(voice, { ...convention, log })
  const half = voice.map((value) => value / 2)
  expect(melError(mel, half, { ...convention, log })).toBeCloseTo(Math.LN2, 5)
})

test('only common frames count', () => {
  const mel = melSpectrogram(voice.slice(0, 256 * 20), convention)
  const inner = { ...mel, frames: 18, values: mel.values.slice(0, 18 * 80) }
  expect(melError(inner, voice, convention)).toBe(0)
  expect(melError({ ...mel, frames: 0, values: new Float32Array(0) }, voice, convention)).toBeNaN()
})

test('no array grows with the audio', async () => {
  const long = Float32Array.from({ length: 4 * voice.length }, (_, n) => voice[n % voice.length])
  const longMel = melSpectrogram(long, convention)
  expect(await bytesAllocated(() => melSpectrogram(long, convention))).toBe(4 * longMel.values.length)
  expect(await bytesAllocated(() => melError(longMel, long, convention))).toBe(0)
})

test('a mel with another number of bands is refused', () => {
  expect(() => melError({ frames: 1, bands: 40, values: new Float32Array(40) }, voice, convention)).toThrow(
    RangeError,
  )
})
