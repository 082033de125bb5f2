/** Exact statistics of correct and wrong answers: tails and intervals of the binomial distribution. */
import { bisect, logChoose, regularisedBeta } from './special-functions.ts'

export type Interval = { readonly low: number; readonly high: number }

/** P(X = k) for n trials with success probability p. */
export function binomialProbability(k: number, n: number, p: number): number {
  if (p <= 0) return k === 0 ? 1 : 0
  if (p >= 1) return k === n ? 1 : 0
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

/** P(X >= k) for n trials with success probability p, summed from the smallest terms. */
export function upperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  // Sums the smaller of the two tails, so that a p near 0 keeps its precision.
  if (k <= n * p) return 1 - lowerSum(k - 1, n, p)
  let sum = 0
  for (let successes = n; successes >= k; successes--) sum += binomialProbability(successes, n, p)
  return Math.min(1, sum)
}

/** P(X <= k). */
function lowerSum(k: number, n: number, p: number): number {
  let sum = 0
  for (let successes = 0; successes <= k; successes++) sum += binomialProbability(successes, n, p)
  return Math.min(1, sum)
}

/**
 * Two-sided exact sign test: the probability that two equal alternatives differ by as much as `first` and `second`, or
 * more.
 */
export function signTest(first: number, second: number): number {
  return Math.min(1, 2 * upperTail(Math.max(first, second), first + second, 0.5))
}

/**
 * Clopper-Pearson's exact interval of a probability, given k successes in n trials; [0, 1] without trials.
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), by quantiles of the beta distribution.
 */
export function clopperPearson(k: number, n: number, confidence = 0.95): Interval {
  const outside = (1 - confidence) / 2
  return {
    low: k === 0 ? 0 : betaQuantile(outside, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(1 - outside, k + 1, n - k),
  }
}

function betaQuantile(probability: number, a: number, b: number): number {
  return bisect((x) => regularisedBeta(x, a, b), probability, 0, 1)
}
