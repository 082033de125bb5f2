/** The outcome of an ABX test: the number of correct answers, and the probability of as many by guessing. */
import { type AbxPower, abxPower } from '../statistics/abx-power.ts'
import { clopperPearson, type Interval, upperTail } from '../statistics/binomial.ts'
import type { TestSession } from '../test-session.ts'
import { conditionsById, plannedTrials } from './sessions.ts'

/** One trial with its truth, revealed after the test. */
export type ScoredTrial = {
  /** Index of the session among the pooled ones. */
  readonly listener: number
  /** Index of the trial in its session. */
  readonly trial: number
  readonly clip: number
  /** The conditions that were A and B. */
  readonly conditionIds: readonly [a: string, b: string]
  readonly x: 0 | 1
  readonly choice: 0 | 1
  readonly correct: boolean
  readonly seconds: number
}

export type AbxOutcome = {
  readonly kind: 'abx'
  readonly listeners: number
  readonly plannedTrials: number
  readonly answered: number
  readonly correct: number
  /** Exact one-sided p: the probability of as many correct answers or more by guessing. 1 if there are no answers. */
  readonly p: number
  /** Fraction of correct answers, 0 to 1; null if there are no answers. */
  readonly share: number | null
  /** 95 % Clopper-Pearson interval of the fraction. */
  readonly interval: Interval
  /** Power for the number of answers; null if there are none. */
  readonly power: AbxPower | null
  /** In the order of the answers, session by session. */
  readonly scoredTrials: readonly ScoredTrial[]
}

export function abxOutcome(sessions: readonly TestSession[]): AbxOutcome {
  const scoredTrials = sessions.flatMap(scoredTrialsOf)
  const answered = scoredTrials.length
  const correct = scoredTrials.filter((scored) => scored.correct).length
  return {
    kind: 'abx',
    listeners: sessions.length,
    plannedTrials: plannedTrials(sessions),
    answered,
    correct,
    p: upperTail(correct, answered, 0.5),
    share: answered > 0 ? correct / answered : null,
    interval: clopperPearson(correct, answered),
    power: answered > 0 ? abxPower(answered) : null,
    scoredTrials,
  }
}

function scoredTrialsOf({ trials, stimuli, answers }: TestSession, listener: number): readonly ScoredTrial[] {
  const conditions = conditionsById(stimuli)
  return answers.flatMap(({ trial, choice, seconds }): readonly ScoredTrial[] => {
    const { clip, x, stimuli: presented } = trials[trial]
    if (x === undefined || choice === undefined || choice === null) return []
    const conditionIds = [conditions.get(presented[0]) ?? '', conditions.get(presented[1]) ?? ''] as const
    return [{ listener, trial, clip, conditionIds, x, choice, correct: choice === x, seconds }]
  })
}
