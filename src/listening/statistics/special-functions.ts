/** The log-gamma function and the regularised incomplete beta function, from which tails and quantiles are computed. */

// Lanczos, g = 7, n = 9; relative error below 1e-14 for arguments above 0.5 (P. Godfrey's coefficients).
const lanczosShift = 7
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** ln Γ(x), x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const below = x - 1
  const sum = lanczos.reduce((total, term, index) => total + (index === 0 ? term : term / (below + index)), 0)
  const base = below + lanczosShift + 0.5
  return 0.5 * Math.log(2 * Math.PI) + (below + 0.5) * Math.log(base) - base + Math.log(sum)
}

/** ln of "n choose k", 0 <= k <= n. */
export function logChoose(n: number, k: number): number {
  return k === 0 || k === n ? 0 : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}

const tiny = 1e-300
const maxTerms = 10_000

/**
 * I_x(a, b), the distribution function of Beta(a, b); a, b > 0, 0 <= x <= 1. Evaluates its continued fraction with
 * Lentz's method on the side where it converges fast (Press et al., Numerical Recipes, section 6.4).
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let term = 1; term <= maxTerms; term++) {
    const even = (term * (b - term) * x) / ((a + 2 * term - 1) * (a + 2 * term))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + term) * (a + b + term) * x) / ((a + 2 * term) * (a + 2 * term + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return (front * fraction) / a
}

/** Finds where `rising` (below `target` at `low`, above it at `high`) crosses `target`, to machine precision. */
export function bisect(rising: (x: number) => number, target: number, low: number, high: number): number {
  for (let halving = 0; halving < 200; halving++) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (rising(middle) < target) low = middle
    else high = middle
  }
  return (low + high) / 2
}
