/** What a number of ABX trials can show: the score it takes, and how often someone who hears the difference gets there. */
import { upperTail } from './binomial.ts'

export type AbxPower = {
  readonly trials: number
  /** The smallest score that at most 5 % of guessers reach; null where even all right would not do (below 5 trials). */
  readonly criticalScore: number | null
  /** Of listeners who are right in `share` of all trials, how many reach that score, 0 to 1. */
  readonly powers: readonly { readonly share: number; readonly power: number }[]
}

/** At or below this p a difference counts as shown. */
export const significance = 0.05
const shares = [0.7, 0.8, 0.9] as const

/** @param trials a whole number from 1 to 1000. */
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
  for (let right = Math.ceil(trials / 2); right <= trials; right++) {
    if (upperTail(right, trials, 0.5) <= significance) return right
  }
  return null
}
