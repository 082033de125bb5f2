import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialProbability, clopperPearson, signTest, upperTail } from './binomial.ts'

/** Computes 2^n P(X >= k | n, 1/2) with Pascal's triangle in BigInt. */
function waysToReach(k: number, n: number): bigint {
  let row = [1n]
  for (let size = 1; size <= n; size++) {
    row = Array.from({ length: size + 1 }, (_, index) => (row[index - 1] ?? 0n) + (row[index] ?? 0n))
  }
  return row.slice(k).reduce((sum, ways) => sum + ways, 0n)
}

describe('upperTail', () => {
  it('equals Pascal’s triangle over 2^n at one half', () => {
    for (const n of [1, 2, 5, 16, 40, 101]) {
      for (let k = 0; k <= n; k++) {
        const exact = Number((waysToReach(k, n) * 2n ** 60n) / 2n ** BigInt(n)) / 2 ** 60
        expect(Math.abs(upperTail(k, n, 0.5) - exact)).toBeLessThan(1e-13)
      }
    }
  })

  it('equals the enumeration of all answer sequences', () => {
    const n = 9
    for (const p of [0.3, 0.5, 0.8]) {
      for (let k = 0; k <= n; k++) {
        let sum = 0
        for (let series = 0; series < 2 ** n; series++) {
          const right = series.toString(2).replaceAll('0', '').length
          if (right >= k) sum += p ** right * (1 - p) ** (n - right)
        }
        expect(upperTail(k, n, p)).toBeCloseTo(sum, 12)
      }
    }
  })

  // scipy.stats.binom.sf(k - 1, n, p)
  it.each([
    [12, 16, 0.5, 0.0384063720703125],
    [600, 1000, 0.5, 1.3642320780329735e-10],
    [501, 1000, 0.5, 0.48738749091081973],
    [900, 1000, 0.7, 1.7183404003299518e-52],
    [1000, 1000, 0.5, 9.332636185032189e-302],
  ])('P(X >= %i) of %i at %f keeps its precision', (k, n, p, expected) => {
    expect(upperTail(k, n, p) / expected).toBeCloseTo(1, 10)
  })

  it('decreases with k, from 1 to 0', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, p) => {
          const tails = Array.from({ length: 12 }, (_, index) =>
            upperTail(Math.round((n * index) / 11), n, p),
          )
          expect(tails[0]).toBe(1)
          for (let index = 1; index < tails.length; index++) {
            expect(tails[index]).toBeLessThanOrEqual(tails[index - 1] + 1e-12)
            expect(tails[index]).toBeGreaterThanOrEqual(0)
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('is exact for certain and impossible events', () => {
    expect(upperTail(0, 0, 0.5)).toBe(1)
    expect(upperTail(3, 3, 1)).toBe(1)
    expect(upperTail(1, 3, 0)).toBe(0)
    expect(binomialProbability(0, 4, 0)).toBe(1)
  })
})

describe('clopperPearson', () => {
  // scipy.stats.beta.ppf
  it.each([
    [0, 10, 0, 0.3084971078],
    [12, 16, 0.4762291801, 0.9273379617],
    [10, 10, 0.6915028922, 1],
    [1, 1, 0.025, 1],
    [503, 1000, 0.471540875, 0.5344414162],
    [1, 1000, 2.53175e-5, 0.0055589243],
  ])('of %i of %i', (k, n, low, high) => {
    const interval = clopperPearson(k, n)
    expect(interval.low).toBeCloseTo(low, 8)
    expect(interval.high).toBeCloseTo(high, 8)
  })

  it('ends where a tail of 2.5 % begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), (n, draw) => {
        const k = 1 + (draw % (n - 1))
        const { low, high } = clopperPearson(k, n)
        expect(upperTail(k, n, low)).toBeCloseTo(0.025, 8)
        expect(1 - upperTail(k + 1, n, high)).toBeCloseTo(0.025, 8)
      }),
      { numRuns: 60 },
    )
  })

  it('is [0, 1] without trials', () => {
    expect(clopperPearson(0, 0)).toEqual({ low: 0, high: 1 })
  })
})

describe('signTest', () => {
  it('counts both tails', () => {
    expect(signTest(3, 9)).toBeCloseTo(0.14599609375, 12) // scipy.stats.binomtest(9, 12)
    expect(signTest(9, 3)).toBe(signTest(3, 9))
    expect(signTest(5, 5)).toBe(1)
    expect(signTest(0, 0)).toBe(1)
  })
})
