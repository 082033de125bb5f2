/**
 * The power of an ABX test: the score that it requires, and how often a listener who hears the difference reaches it.
 */
import { upperTail } from './binomial.ts'

export type AbxPower = {
  readonly trials: number
  /** The smallest score that at most 5 % of guessers reach; null if not even a perfect one does (below 5 trials). */
  readonly criticalScore: number | null
  /** The probability, 0 to 1, that a listener who is right in `share` of all trials reaches that score. */
  readonly powers: readonly { readonly share: number; readonly power: number }[]
}

/** A difference is significant if p is at most this. */
export const significance = 0.05
const shares = [0.7, 0.8, 0.9] as const

/** @param trials an integer from 1 to 1000. */
export function abxPower(trials: number): AbxPower {
  const criticalScore = criticalScoreOf(trials)
  return {
    trials,
    criticalScore,
    powers: shares.map((share) => ({
      share,
      power: criticalScore === null ? 0 : upperTail(criticalScore, trials, share),
    })),
  }
}

function criticalScoreOf(trials: number): number | null {
  // Below half of all trials no score is significant.
  for (let correct = Math.ceil(trials / 2); correct <= trials; correct++) {
    if (upperTail(correct, trials, 0.5) <= significance) return correct
  }
  return null
}
