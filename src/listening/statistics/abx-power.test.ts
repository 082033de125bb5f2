import { describe, expect, it } from 'vitest'
import { abxPower } from './abx-power.ts'

describe('abxPower', () => {
  // Smallest significant scores at one-sided 5 %, from published tables of the sign test.
  it.each([
    [5, 5],
    [8, 7],
    [10, 9],
    [12, 10],
    [16, 12],
    [20, 15],
    [25, 18],
    [50, 32],
    [100, 59],
  ])('%i trials need %i correct answers', (trials, criticalScore) => {
    expect(abxPower(trials).criticalScore).toBe(criticalScore)
  })

  it('says that too few trials can show nothing', () => {
    expect(abxPower(4)).toEqual({
      trials: 4,
      criticalScore: null,
      powers: [
        { share: 0.7, power: 0 },
        { share: 0.8, power: 0 },
        { share: 0.9, power: 0 },
      ],
    })
  })

  it('gives the fraction of able listeners who reach the score', () => {
    // 1 - scipy.stats.binom.cdf(11, 16, share)
    const [seven, eight, nine] = abxPower(16).powers
    expect(seven.power).toBeCloseTo(0.449904, 5)
    expect(eight.power).toBeCloseTo(0.798245, 5)
    expect(nine.power).toBeCloseTo(0.982996, 5)
  })
})
