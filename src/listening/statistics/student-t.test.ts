import { describe, expect, it } from 'vitest'
import { logChoose, logGamma, regularisedBeta } from './special-functions.ts'
import { meanInterval, studentQuantile } from './student-t.ts'

describe('special functions', () => {
  // scipy.special.gammaln
  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [1, 0],
    [3.7, 1.428072326665388],
    [100, 359.1342053695754],
    [1001, 5912.128178488164],
  ])('logGamma(%f)', (x, expected) => {
    expect(Math.abs(logGamma(x) - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)))
  })

  it('gives binomial coefficients equal to those from factorials', () => {
    expect(Math.exp(logChoose(16, 12))).toBeCloseTo(1820, 8)
    expect(logChoose(5, 0)).toBe(0)
  })

  // scipy.special.betainc
  it.each([
    [0.3, 2, 5, 0.579825],
    [0.5, 500, 501, 0.5126125090891802],
    [0.02, 1, 80, 0.8013511499179591],
  ])('regularisedBeta at %f of (%f, %f)', (x, a, b, expected) => {
    expect(regularisedBeta(x, a, b)).toBeCloseTo(expected, 11)
  })

  it('give a regularisedBeta of 0 and 1 at the ends', () => {
    expect([regularisedBeta(0, 2, 3), regularisedBeta(1, 2, 3)]).toEqual([0, 1])
  })
})

describe('studentQuantile', () => {
  // scipy.stats.t.ppf
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 9, 2.262157162798205],
    [0.975, 29, 2.045229642132703],
    [0.975, 999, 1.9623414611334493],
    [0.9, 5, 1.4758840488244815],
    [0.995, 3, 5.840909309733355],
  ])('is correct for %f with %i degrees of freedom', (probability, degrees, expected) => {
    expect(studentQuantile(probability, degrees)).toBeCloseTo(expected, 8)
  })
})

describe('meanInterval', () => {
  it('equals that of a t test', () => {
    // scipy.stats.ttest_1samp(...).confidence_interval(0.95)
    const interval = meanInterval([1, 2, 0, -1, 3, 1, 1, -2, 2, 0, 1, 1])
    expect(interval?.low).toBeCloseTo(-0.11207025928956493, 9)
    expect(interval?.high).toBeCloseTo(1.612070259289565, 9)
  })

  it('does not exist for a single value', () => {
    expect(meanInterval([3])).toBeNull()
    expect(meanInterval([2, 2, 2])).toEqual({ low: 2, high: 2 })
  })
})
