/**
 * Fisher's permutation test of paired scores: if neither were better, each score could as well have had the other sign. Of whole
 * scores the distribution of the sum over all 2^n flips is had exactly by convolution, without drawing any.
 */

/** Two-sided p of whole `scores`: the share of flips whose sum is as far from 0 as theirs. 1 of none. */
export function signFlipTest(scores: readonly number[]): number {
  const sizes = scores.map(Math.abs).filter((size) => size > 0)
  const reach = sizes.reduce((sum, size) => sum + size, 0)
  const observed = Math.abs(scores.reduce((sum, score) => sum + score, 0))
  // shares[sum + reach]: of all flips so far, how many have that sum.
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
