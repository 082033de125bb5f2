import { expect, test } from 'vitest'
import { hifiGanConvention } from '../../../dsp/mel/hifi-gan-convention.ts'
import type { MelScaling, MelValues } from '../mel-reading.ts'
import { lmntValues } from '../producers/vocoders/lmnt.ts'
import { nameOfValues, naturalLogarithm } from './mel-values.ts'

function logarithmsOf(stored: readonly number[], values: MelValues, bands = 1): number[] {
  return [
    ...naturalLogarithm(Float32Array.from(stored), { convention: { ...hifiGanConvention, bands }, values }),
  ]
}
const logarithmOf = (stored: number, values: MelValues) => logarithmsOf([stored], values)[0]

test("a value of lmnt's is decibels over 100, of a magnitude divided by the root of the window's energy", () => {
  // preprocess.py stores (20 log10(magnitude) - 20 + 100) / 100; torchaudio's normalized=True divides by sqrt(sum of w^2).
  const windowSamples = 1200
  let energy = 0
  for (let n = 0; n < windowSamples; n++) energy += Math.sin((Math.PI * n) / windowSamples) ** 4
  for (const magnitude of [0.003, 1, 25]) {
    const stored = (20 * Math.log10(magnitude / Math.sqrt(energy)) - 20 + 100) / 100
    expect(logarithmOf(stored, lmntValues(windowSamples))).toBeCloseTo(Math.log(magnitude), 5)
  }
})

// A magnitude of 0.1 is -20 dB and a power of 0.01, whichever of the two the levels measure.
test.each([
  ['ln', 'magnitude', -Math.LN10],
  ['log10', 'magnitude', -1],
  ['db', 'magnitude', -20],
  ['linear', 'magnitude', 0.1],
  ['ln', 'power', -2 * Math.LN10],
  ['log10', 'power', -2],
  ['db', 'power', -20],
  ['linear', 'power', 0.01],
] as const)('a magnitude of 0.1 is found again from %s of %s', (unit, of, stored) => {
  expect(logarithmOf(stored, { unit, of })).toBeCloseTo(Math.log(0.1), 6)
})

test('a range runs over the levels that the producer gives, from either end', () => {
  const scaling: MelScaling = { kind: 'range', stored: [-4, 4], levels: [-100, 0] }
  const values = { unit: 'db', of: 'magnitude', scaling } as const
  expect(logarithmOf(-4, values)).toBeCloseTo(Math.log(1e-5), 5)
  expect(logarithmOf(4, values)).toBeCloseTo(0, 5)
  expect(nameOfValues(values)).toBe('decibels of magnitude, −100..0 stored as −4..4')
})

test('statistics are one number for all bands, or one per band, in the unit of the levels', () => {
  const normalised = (mean: number[], deviation: number[]): MelValues => ({
    unit: 'log10',
    of: 'magnitude',
    scaling: { kind: 'statistics', statistics: { mean, deviation } },
  })
  const stored = [0.5, -1, 2, 0]
  const ofAll = logarithmsOf(stored, normalised([-2], [0.5]), 2).map((value) => value / Math.LN10)
  for (const [i, level] of [-1.75, -2.5, -1, -2].entries()) expect(ofAll[i]).toBeCloseTo(level, 5)
  const perBand = logarithmsOf(stored, normalised([-2, 1], [0.5, 2]), 2).map((value) => value / Math.LN10)
  for (const [i, level] of [-1.75, -1, -1, 1].entries()) expect(perBand[i]).toBeCloseTo(level, 5)
})

test('linear values that are not positive, and zero in base 10 of power, are silence', () => {
  expect(logarithmsOf([0, -1], { unit: 'linear', of: 'power' })).toEqual([-Infinity, -Infinity])
  expect(logarithmOf(0, { unit: 'log10', of: 'power' })).toBe(-Infinity)
  expect(logarithmOf(0, { unit: 'log10', of: 'magnitude' })).toBe(0)
})
