/** What a number of ABX trials can show: the score it takes, and how often someone who hears the difference gets there. */

export type AbxPower = {
  readonly trials: number
  /** The smallest score that at most 5 % of guessers reach; null where even all right would not do (below 5 trials). */
  readonly leastRight: number | null
  /** Of listeners who are right in `share` of all trials, how many reach that score, 0 to 1. */
  readonly powers: readonly { readonly share: number; readonly power: number }[]
}

/** @param trials a whole number from 1 to 1000. */
export function abxPower(_trials: number): AbxPower {
  throw new Error('not yet')
}
