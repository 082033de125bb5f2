/** What the answers of an ABX test say: how many were right, and how often as many would be by guessing. */
import type { AbxPower } from './abx-power.ts'
import type { Interval } from './binomial.ts'
import type { TestSession } from './test-session.ts'

/** One trial with its truth, as it is told when the test is over. */
export type AbxMark = {
  /** Index of the session among those that were pooled. */
  readonly listener: number
  /** Index of the trial in its session. */
  readonly trial: number
  readonly clip: number
  /** What A and B were. */
  readonly conditionIds: readonly [a: string, b: string]
  readonly x: 0 | 1
  readonly choice: 0 | 1
  readonly right: boolean
  readonly seconds: number
}

export type AbxOutcome = {
  readonly kind: 'abx'
  readonly listeners: number
  readonly plannedTrials: number
  readonly answered: number
  readonly right: number
  /** Of guessers, the share that would have as many right or more: exact, one-sided. 1 of no answers. */
  readonly p: number
  /** Share of right answers, 0 to 1; null of no answers. */
  readonly share: number | null
  /** Clopper-Pearson, 95 %, of the share. */
  readonly interval: Interval
  /** Of the number of answers; null of none. */
  readonly power: AbxPower | null
  /** In the order in which they were answered, one session after the other. */
  readonly marks: readonly AbxMark[]
}

export function abxOutcome(_sessions: readonly TestSession[]): AbxOutcome {
  throw new Error('not yet')
}
