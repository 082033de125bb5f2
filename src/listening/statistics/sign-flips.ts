/**
 * Fisher's permutation test of paired scores: under the null hypothesis each score could have had the other sign. For
 * integer scores, convolution gives the exact distribution of the sum over all 2^n flips, without sampling.
 */

/**
 * Two-sided p of integer `scores`: the fraction of flips whose sum is at least as far from 0. 1 if there are no scores.
 */
export function signFlipTest(scores: readonly number[]): number {
  const sizes = scores.map(Math.abs).filter((size) => size > 0)
  const reach = sizes.reduce((sum, size) => sum + size, 0)
  const observed = Math.abs(scores.reduce((sum, score) => sum + score, 0))
  // shares[sum + reach] is the fraction of all flips so far with that sum.
  let shares = new Float64Array(2 * reach + 1)
  shares[reach] = 1
  for (const size of sizes) {
    const flipped = new Float64Array(shares.length)
    for (let index = 0; index < shares.length; index++) {
      if (shares[index] === 0) continue
      flipped[index + size] += shares[index] / 2
      flipped[index - size] += shares[index] / 2
    }
    shares = flipped
  }
  return Math.min(
    1,
    shares.reduce((sum, share, index) => (Math.abs(index - reach) >= observed ? sum + share : sum), 0),
  )
}
