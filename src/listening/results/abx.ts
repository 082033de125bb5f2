/** What the answers of an ABX test say: how many were right, and how often as many would be by guessing. */
import { type AbxPower, abxPower } from '../statistics/abx-power.ts'
import { clopperPearson, type Interval, upperTail } from '../statistics/binomial.ts'
import type { TestSession } from '../test-session.ts'
import { conditionsById, plannedTrials } from './sessions.ts'

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

export function abxOutcome(sessions: readonly TestSession[]): AbxOutcome {
  const marks = sessions.flatMap(marksOf)
  const answered = marks.length
  const right = marks.filter((mark) => mark.right).length
  return {
    kind: 'abx',
    listeners: sessions.length,
    plannedTrials: plannedTrials(sessions),
    answered,
    right,
    p: upperTail(right, answered, 0.5),
    share: answered > 0 ? right / answered : null,
    interval: clopperPearson(right, answered),
    power: answered > 0 ? abxPower(answered) : null,
    marks,
  }
}

function marksOf({ trials, stimuli, answers }: TestSession, listener: number): readonly AbxMark[] {
  const conditions = conditionsById(stimuli)
  return answers.flatMap(({ trial, choice, seconds }): readonly AbxMark[] => {
    const { clip, x, stimuli: heard } = trials[trial]
    if (x === undefined || choice === undefined || choice === null) return []
    const conditionIds = [conditions.get(heard[0]) ?? '', conditions.get(heard[1]) ?? ''] as const
    return [{ listener, trial, clip, conditionIds, x, choice, right: choice === x, seconds }]
  })
}
