import { expect, test } from 'vitest'
import fixture from '../fixtures/mel.fixture.json'
import { syntheticVoice } from '../testing/synthetic-voice.ts'
import { hifiGanConvention } from './hifi-gan-convention.ts'
import { melSpectrogram } from './mel.ts'
import { melFilterbank } from './mel-filterbank.ts'
import type { MelConvention } from './mel-spectrogram.ts'

test.each([
  ['slaney, ln', hifiGanConvention],
  [
    'htk, log10, short window',
    {
      ...hifiGanConvention,
      sampleRateHz: 24000,
      fftSize: 2048,
      hopSamples: 300,
      windowSamples: 1200,
      bands: 40,
      lowHz: 80,
      highHz: 7600,
      scale: 'htk',
      norm: 'none',
      log: 'log10',
      floor: 1e-10,
    },
  ],
  [
    'htk, slaney norm, odd padding',
    {
      ...hifiGanConvention,
      sampleRateHz: 16000,
      fftSize: 512,
      hopSamples: 201,
      windowSamples: 400,
      bands: 23,
      lowHz: 20,
      highHz: 8000,
      scale: 'htk',
      magnitudeEpsilon: 0,
    },
  ],
] satisfies [keyof typeof fixture, MelConvention][])('the mel equals librosa’s: %s', (name, convention) => {
  const expected = fixture[name]
  expect(convention).toEqual(expected.convention)
  const samples = Float32Array.from(syntheticVoice({ samples: 8000, sampleRateHz: convention.sampleRateHz }))
  const mel = melSpectrogram(samples, convention)
  expect([mel.frames, mel.bands]).toEqual([expected.frames, convention.bands])
  const worst = Math.max(...expected.values.map((value, index) => Math.abs(mel.values[index] - value)))
  expect(worst).toBeLessThan(1e-5)
})

test('Slaney-normalised filters have an area of 1 Hz, others a height of 1', () => {
  const hzPerBin = 22050 / 8192
  for (const { weights } of melFilterbank({ ...hifiGanConvention, fftSize: 8192 })) {
    const area = hzPerBin * weights.reduce((sum, weight) => sum + weight, 0)
    expect(Math.abs(area - 1)).toBeLessThan(0.01)
  }
  for (const { weights } of melFilterbank({ ...hifiGanConvention, fftSize: 8192, norm: 'none' })) {
    expect(Math.max(...weights)).toBeGreaterThan(0.9)
  }
})

test('a mel has samples / hop frames, and silence is at the floor', () => {
  for (const [samples, frames] of [
    [0, 0],
    [255, 0],
    [256, 1],
    [22050, 86],
  ]) {
    const mel = melSpectrogram(new Float32Array(samples), { ...hifiGanConvention, magnitudeEpsilon: 0 })
    expect(mel.frames).toBe(frames)
    expect(mel.values.every((value) => value === Math.fround(Math.log(1e-5)))).toBe(true)
  }
})
