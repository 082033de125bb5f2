import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signFlipTest } from './sign-flips.ts'

function byEnumeration(scores: readonly number[]): number {
  const sum = Math.abs(scores.reduce((total, score) => total + score, 0))
  let asFar = 0
  for (let flips = 0; flips < 2 ** scores.length; flips++) {
    const flipped = scores.reduce((total, score, index) => total + ((flips >> index) & 1 ? -score : score), 0)
    if (Math.abs(flipped) >= sum) asFar++
  }
  return asFar / 2 ** scores.length
}

describe('signFlipTest', () => {
  it('is the fraction of all flips that are at least as extreme', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 11 }), (scores) => {
        expect(signFlipTest(scores)).toBeCloseTo(byEnumeration(scores), 12)
      }),
      { numRuns: 60 },
    )
  })

  it('agrees with SciPy', () => {
    // scipy.stats.permutation_test(permutation_type='samples', n_resamples=inf)
    expect(signFlipTest([1, 2, 0, -1, 3, 1, 1, -2, 2, 0, 1, 1])).toBe(0.125)
  })

  it('handles a thousand answers', () => {
    expect(signFlipTest(Array.from({ length: 1000 }, (_, index) => (index % 2 ? 3 : -3)))).toBeCloseTo(1, 9)
    expect(signFlipTest(Array.from({ length: 1000 }, () => 1))).toBeLessThan(1e-290)
  })
})
