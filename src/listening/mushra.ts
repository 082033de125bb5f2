/** What the ratings of a MUSHRA test say (ITU-R BS.1534-3), per condition, after its post-screening of listeners. */
import type { Interval } from './binomial.ts'
import type { TestSession } from './test-session.ts'

export type MushraRole = 'reference' | 'anchor' | 'system'

/** Of the ratings of one condition, 0 to 100. */
export type MushraCondition = {
  readonly conditionId: string
  readonly role: MushraRole
  /** In the order of trials, one session after the other. */
  readonly ratings: readonly number[]
  /** Null of no ratings. */
  readonly summary: {
    readonly mean: number
    readonly median: number
    readonly lowerQuartile: number
    readonly upperQuartile: number
    /** The outermost ratings within 1.5 interquartile ranges of the quartiles. */
    readonly lowerWhisker: number
    readonly upperWhisker: number
    /** 95 %, of the mean, by Student's t; null of fewer than two ratings. */
    readonly interval: Interval | null
  } | null
}

/** Of one session, what post-screening asks. */
export type MushraScreening = {
  readonly listener: number
  readonly trials: number
  /** Trials in which the hidden reference was rated below 90. */
  readonly referenceBelow: number
  /** Trials in which the 7 kHz anchor was rated above 90. */
  readonly anchorAbove: number
  /** More than 15 % of trials with the reference below 90: BS.1534-3 leaves the listener out. */
  readonly excluded: boolean
  /** More than 15 % of trials with the 7 kHz anchor above 90: the listener may not hear what it lacks. */
  readonly anchorUnnoticed: boolean
}

export type MushraOutcome = {
  readonly kind: 'mushra'
  readonly listeners: number
  readonly plannedTrials: number
  readonly answered: number
  /** In the order of the plan, reference and anchors among them. */
  readonly conditions: readonly MushraCondition[]
  readonly screening: readonly MushraScreening[]
  /** Whether those who failed are left out of the figures; they are not where nobody would be left. */
  readonly screened: boolean
}

export function mushraOutcome(_sessions: readonly TestSession[]): MushraOutcome {
  throw new Error('not yet')
}
