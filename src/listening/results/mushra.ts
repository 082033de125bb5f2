/** The outcome of a MUSHRA test (ITU-R BS.1534-3) per condition, after post-screening of listeners. */
import { lowAnchorId, midAnchorId, referenceId, withAnchors } from '../plans/anchors.ts'
import type { Interval } from '../statistics/binomial.ts'
import { meanInterval, meanOf } from '../statistics/student-t.ts'
import type { TestSession } from '../test-session.ts'
import { conditionsById, plannedTrials } from './sessions.ts'

export type MushraRole = 'reference' | 'anchor' | 'system'

/** The ratings of one condition, 0 to 100. */
export type MushraCondition = {
  readonly conditionId: string
  readonly role: MushraRole
  /** In the order of trials, session by session. */
  readonly ratings: readonly number[]
  /** Null if there are no ratings. */
  readonly summary: {
    readonly mean: number
    readonly median: number
    readonly lowerQuartile: number
    readonly upperQuartile: number
    /** The outermost ratings within 1.5 interquartile ranges of the quartiles. */
    readonly lowerWhisker: number
    readonly upperWhisker: number
    /** 95 % interval of the mean by Student's t; null for fewer than two ratings. */
    readonly interval: Interval | null
  } | null
}

/** Post-screening of one session. */
export type MushraScreening = {
  readonly listener: number
  readonly trials: number
  /** Trials in which the hidden reference was rated below 90. */
  readonly referenceBelow: number
  /** Trials in which the 7 kHz anchor was rated above 90. */
  readonly anchorAbove: number
  /** More than 15 % of trials with the reference below 90: BS.1534-3 excludes the listener. */
  readonly excluded: boolean
  /** More than 15 % of trials with the 7 kHz anchor above 90: the listener may not hear the missing band. */
  readonly anchorUnnoticed: boolean
}

export type MushraOutcome = {
  readonly kind: 'mushra'
  readonly listeners: number
  readonly plannedTrials: number
  readonly answered: number
  /** In the order of the plan, including reference and anchors. */
  readonly conditions: readonly MushraCondition[]
  readonly screening: readonly MushraScreening[]
  /** Whether excluded listeners are left out of the figures; they are kept if nobody else would remain. */
  readonly screened: boolean
}

export function mushraOutcome(sessions: readonly TestSession[]): MushraOutcome {
  const screening = sessions.map(screen)
  const kept = sessions.filter((_, listener) => !screening[listener].excluded)
  const screened = kept.length > 0 && kept.length < sessions.length
  const counted = screened ? kept : sessions
  return {
    kind: 'mushra',
    listeners: sessions.length,
    plannedTrials: plannedTrials(sessions),
    answered: sessions.reduce((sum, { answers }) => sum + answers.length, 0),
    conditions: withAnchors(sessions[0].plan).conditions.map(({ id }) => {
      const ratings = counted.flatMap((session) => ratingsOf(session, id))
      return { conditionId: id, role: roleOf(id), ratings, summary: summarise(ratings) }
    }),
    screening,
    screened,
  }
}

function roleOf(conditionId: string): MushraRole {
  if (conditionId === referenceId) return 'reference'
  return conditionId === lowAnchorId || conditionId === midAnchorId ? 'anchor' : 'system'
}

/** Ratings of one condition, in the order of the trials. */
function ratingsOf({ trials, stimuli, answers }: TestSession, conditionId: string): readonly number[] {
  const conditions = conditionsById(stimuli)
  return answers
    .toSorted((one, other) => one.trial - other.trial)
    .flatMap(({ trial, ratings }) => {
      const slider = trials[trial].stimuli.findIndex((id) => conditions.get(id) === conditionId)
      return slider < 0 || !ratings ? [] : [ratings[slider]]
    })
}

const minReference = 90
const maxAnchor = 90
const maxShare = 0.15

function screen(session: TestSession, listener: number): MushraScreening {
  const references = ratingsOf(session, referenceId)
  const anchors = ratingsOf(session, midAnchorId)
  const referenceBelow = references.filter((rating) => rating < minReference).length
  const anchorAbove = anchors.filter((rating) => rating > maxAnchor).length
  return {
    listener,
    trials: references.length,
    referenceBelow,
    anchorAbove,
    excluded: referenceBelow > maxShare * references.length,
    anchorUnnoticed: anchorAbove > maxShare * anchors.length,
  }
}

function summarise(ratings: readonly number[]): MushraCondition['summary'] {
  if (ratings.length === 0) return null
  const sorted = ratings.toSorted((one, other) => one - other)
  const lowerQuartile = quantile(sorted, 0.25)
  const upperQuartile = quantile(sorted, 0.75)
  const reach = 1.5 * (upperQuartile - lowerQuartile)
  return {
    mean: meanOf(ratings),
    median: quantile(sorted, 0.5),
    lowerQuartile,
    upperQuartile,
    lowerWhisker: sorted.find((rating) => rating >= lowerQuartile - reach) ?? sorted[0],
    upperWhisker: sorted.findLast((rating) => rating <= upperQuartile + reach) ?? sorted[sorted.length - 1],
    interval: meanInterval(ratings),
  }
}

/** Interpolates linearly, as NumPy and R do by default (type 7 of Hyndman and Fan). */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (position - below) * (sorted[above] - sorted[below])
}
