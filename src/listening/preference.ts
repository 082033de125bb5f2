/** What the answers of a preference test say, for each pair of conditions. */
import type { Interval } from './binomial.ts'
import type { TestSession } from './test-session.ts'

/** `first` stands before `second` in the plan, however they were played. */
export type PreferencePair = {
  readonly first: string
  readonly second: string
  readonly firstWins: number
  readonly secondWins: number
  readonly ties: number
  /** Share of `second` in the answers that preferred one, 0 to 1; null where none did. */
  readonly share: number | null
  /** Clopper-Pearson, 95 %, of that share. */
  readonly interval: Interval
  /** Two-sided exact sign test without ties; 1 where none was preferred. */
  readonly p: number
}

export type PreferenceOutcome = {
  readonly kind: 'preference'
  readonly listeners: number
  readonly plannedTrials: number
  readonly answered: number
  readonly pairs: readonly PreferencePair[]
  /** How often the one that was played first was preferred, and the second: far from equal, order decided. */
  readonly playedFirstWins: number
  readonly playedSecondWins: number
}

export function preferenceOutcome(_sessions: readonly TestSession[]): PreferenceOutcome {
  throw new Error('not yet')
}
