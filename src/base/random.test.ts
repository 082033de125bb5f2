import { expect, test } from 'vitest'
import { philox4x32 } from './philox.ts'
import { gaussianNoise, uniformNoise } from './random.ts'

// Known answers for philox4x32-10, published by Random123.
test.each([
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
])('Philox matches Random123 for counter %j and key %j', ([c0, c1, c2, c3], [k0, k1], expected) => {
  const words = new Uint32Array(4)
  philox4x32(c0, c1, c2, c3, k0, k1, words)
  expect([...words]).toEqual(expected)
})

test('noise at a position does not depend on the requested range', () => {
  const whole = gaussianNoise(7, 1, 0, 100)
  for (const [start, length] of [
    [0, 1],
    [1, 7],
    [5, 40],
    [99, 1],
    [60, 0],
  ]) {
    expect(gaussianNoise(7, 1, start, length)).toEqual(whole.slice(start, start + length))
  }
})

test('noise continues past 2^34, where the low word of the counter overflows', () => {
  const [first] = gaussianNoise(7, 1, 0, 1)
  const around = gaussianNoise(7, 1, 2 ** 34 - 1, 3)
  expect(around[1]).not.toBe(first)
  expect(gaussianNoise(7, 1, 2 ** 34, 1)[0]).toBe(around[1])
})

/** Central moments 1 to 4 (mean, variance, skewness, kurtosis). */
function moments(values: Float32Array): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const central = (power: number) =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length
  const variance = central(2)
  return [mean, variance, central(3) / variance ** 1.5, central(4) / variance ** 2]
}

test('Gaussian noise has the moments of a standard normal distribution', () => {
  const [mean, variance, skewness, kurtosis] = moments(gaussianNoise(123, 0, 0, 400_000))
  expect(Math.abs(mean)).toBeLessThan(0.006)
  expect(Math.abs(variance - 1)).toBeLessThan(0.01)
  expect(Math.abs(skewness)).toBeLessThan(0.015)
  expect(Math.abs(kurtosis - 3)).toBeLessThan(0.03)
})

test('uniform noise lies in [0, 1) and fills it evenly', () => {
  const values = uniformNoise(9, 4, 0, 200_000)
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
  const [mean, variance] = moments(values)
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.003)
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001)
})

test('different seeds and different streams give uncorrelated noise', () => {
  const noise = gaussianNoise(1, 0, 0, 100_000)
  for (const other of [gaussianNoise(2, 0, 0, 100_000), gaussianNoise(1, 1, 0, 100_000)]) {
    const correlation = noise.reduce((sum, value, index) => sum + value * other[index], 0) / noise.length
    expect(Math.abs(correlation)).toBeLessThan(0.015)
  }
})

test.each([-1, 1.5, 2 ** 32, Number.NaN])('seed %f is rejected', (seed) => {
  expect(() => gaussianNoise(seed, 0, 0, 1)).toThrow(RangeError)
  expect(() => gaussianNoise(0, seed, 0, 1)).toThrow(RangeError)
  expect(() => uniformNoise(0, 0, -1, 1)).toThrow(RangeError)
})
