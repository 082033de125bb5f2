import { expect, test } from 'vitest'
import { modelConvention } from '../../dsp/testing/model-convention.ts'
import type { MelReading } from './mel-reading.ts'
import { naturalLogarithm, recogniseValues } from './mel-values.ts'

function logarithmOf(value: number, change: Partial<MelReading> & Pick<MelReading, 'values'>): number {
  const reading: MelReading = { convention: modelConvention, bandAxis: 1, ...change }
  return naturalLogarithm(Float32Array.of(value), reading)[0]
}

test("a value of lmnt's is decibels over 100, of a magnitude divided by the root of the window's energy", () => {
  // preprocess.py stores (20 log10(magnitude) - 20 + 100) / 100; torchaudio's normalized=True divides by sqrt(sum of w^2).
  const windowSamples = 1200
  let energy = 0
  for (let n = 0; n < windowSamples; n++) energy += Math.sin((Math.PI * n) / windowSamples) ** 4
  const convention = { ...modelConvention, windowSamples }
  for (const magnitude of [0.003, 1, 25]) {
    const stored = (20 * Math.log10(magnitude / Math.sqrt(energy)) - 20 + 100) / 100
    expect(logarithmOf(stored, { values: 'lmnt', convention })).toBeCloseTo(Math.log(magnitude), 5)
  }
})

// A magnitude of 0.1 is -20 dB, -1 in decades, -2 in decades of power.
test.each([
  ['ln', -Math.LN10],
  ['log10', -1],
  ['log10-power', -2],
  ['db', -20],
] as const)('a magnitude of 0.1 is found again from %s', (values, stored) => {
  expect(logarithmOf(stored, { values })).toBeCloseTo(Math.log(0.1), 6)
})

test('the symmetric scale runs over the range of decibels that the producer gives', () => {
  const decibelRange = [-100, 0] as const
  expect(logarithmOf(-4, { values: 'symmetric-4', decibelRange })).toBeCloseTo(Math.log(1e-5), 5)
  expect(logarithmOf(4, { values: 'symmetric-4', decibelRange })).toBeCloseTo(0, 5)
  expect(logarithmOf(4, { values: 'symmetric-4' })).toBeCloseTo(Math.log(10), 5)
})

test('normalised values are logarithms of the base that their statistics name, whatever their range', () => {
  const convention = { ...modelConvention, bands: 1 }
  for (const [mean, base, expected] of [
    [-2, 'ln', -1.75],
    [-2, 'log10', -1.75 * Math.LN10],
    [-9, 'ln', -8.75],
    [-9, 'log10', -8.75 * Math.LN10],
  ] as const) {
    const statistics = { mean: [mean], deviation: [0.5], of: base }
    expect(logarithmOf(0.5, { values: 'normalised', statistics, convention })).toBeCloseTo(expected, 4)
  }
})

test('decades that reach -5 once are chance, twice a floor; one natural logarithm of 1e-5 is a floor', () => {
  const rising = Array.from({ length: 50 }, (_, i) => -5 + 0.1 * i)
  expect(recogniseValues(Float32Array.from(rising)).isGuess).toBe(true)
  expect(recogniseValues(Float32Array.of(-5, ...rising))).toEqual({
    values: 'log10',
    evidence: 'floor 1e-5',
    isGuess: false,
  })
  expect(recogniseValues(Float32Array.of(Math.log(1e-5), ...rising))).toMatchObject({
    values: 'ln',
    isGuess: false,
  })
})
