import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decadeTicks,
  formatHz,
  formatSeconds,
  octaveTicks,
  paddedRange,
  roundTicks,
  tickDecimals,
} from './ticks.ts'

test('a time axis has round ticks', () => {
  expect(roundTicks(0, 6.4, 8)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(roundTicks(0, 0.5, 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5])
  expect(roundTicks(0, 60, 7)).toEqual([0, 10, 20, 30, 40, 50, 60])
})

test('ticks are evenly spaced, inside the range, and no more than asked for', () => {
  const range = fc.tuple(
    fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
    fc.integer({ min: 1, max: 20 }),
  )
  fc.assert(
    fc.property(range, ([from, span, max]) => {
      const to = from + span
      const ticks = roundTicks(from, to, max)
      const slack = span * 1e-6
      expect(ticks.length).toBeLessThanOrEqual(max + 1)
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(from - slack)
        expect(tick).toBeLessThanOrEqual(to + slack)
      }
      for (let index = 2; index < ticks.length; index++) {
        expect(ticks[index] - ticks[index - 1]).toBeCloseTo(ticks[1] - ticks[0], 5)
      }
    }),
  )
})

test('an empty range has no ticks, and neither has one that is only rounding errors', () => {
  expect(roundTicks(1, 1, 5)).toEqual([])
  expect(roundTicks(99.99999999999999, 100.00000000000001, 5)).toEqual([])
  expect(roundTicks(0, Number.POSITIVE_INFINITY, 5)).toEqual([])
  expect(decadeTicks(0, 1)).toEqual([])
})

test('an axis has some padding around its values, however similar they are', () => {
  expect(paddedRange(0, 10, false)).toEqual([-0.8, 10.8])
  const [from, to] = paddedRange(99.99999999999999, 100.00000000000001, false)
  expect(roundTicks(from, to, 5)).toContain(100)
  expect(paddedRange(0, 0, false)).toEqual([-0.08, 0.08])
  expect(paddedRange(0, 5, true)).toEqual([0.1, 1])
  expect(paddedRange(null, null, false)).toEqual([0, 1])
})

test('a mel axis is labelled at octaves within its range', () => {
  expect(octaveTicks(0, 8000)).toEqual([125, 250, 500, 1000, 2000, 4000, 8000])
})

test('ticks are labelled with enough decimals to distinguish them', () => {
  expect(tickDecimals([0, 1, 2])).toBe(0)
  expect(tickDecimals([0, 0.5, 1])).toBe(1)
  expect(tickDecimals([0, 0.2, 0.4])).toBe(1)
  expect(tickDecimals([0, 0.05, 0.1])).toBe(2)
  expect(tickDecimals([0, 20])).toBe(0)
})

test('labels are short', () => {
  expect([125, 1000, 2500, 11025].map(formatHz)).toEqual(['125', '1k', '2.5k', '11k'])
  expect(formatSeconds(7.254)).toBe('7.25')
  expect(formatSeconds(67.25)).toBe('1:07.25')
  expect(formatSeconds(60, 0)).toBe('1:00')
})

test('a logarithmic axis has 1, 2 and 5 of every power of ten', () => {
  expect(decadeTicks(0.4, 11)).toEqual([0.5, 1, 2, 5, 10])
  expect(decadeTicks(0.011, 0.019)).toEqual([])
})
