/** What the answers of a comparison test (CMOS, ITU-T P.800 annex E) say, for each pair of conditions. */
import type { Interval } from './binomial.ts'
import type { TestSession } from './test-session.ts'

/** Scores are those of `second` against `first`, in the order of the plan: above 0, `second` was better. */
export type CmosPair = {
  readonly first: string
  readonly second: string
  /** Answers of -3, -2 ... 3. */
  readonly counts: readonly number[]
  readonly answered: number
  /** -3 to 3; null of no answers. */
  readonly mean: number | null
  /** 95 %, by Student's t; null of fewer than two answers. */
  readonly interval: Interval | null
  /** Two-sided, exact: all ways to flip signs. 1 of no answers. */
  readonly p: number
}

export type CmosOutcome = {
  readonly kind: 'cmos'
  readonly listeners: number
  readonly plannedTrials: number
  readonly answered: number
  readonly pairs: readonly CmosPair[]
}

export function cmosOutcome(_sessions: readonly TestSession[]): CmosOutcome {
  throw new Error('not yet')
}
