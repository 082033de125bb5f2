/** The outcome of a comparison test (CMOS, ITU-T P.800 annex E) for each pair of conditions. */
import type { Interval } from '../statistics/binomial.ts'
import { signFlipTest } from '../statistics/sign-flips.ts'
import { meanInterval, meanOf } from '../statistics/student-t.ts'
import type { TestSession } from '../test-session.ts'
import { conditionsById, pairsOf, plannedTrials } from './sessions.ts'

/** The possible answers, from "first much better" to "second much better". */
export const comparisonGrades = [-3, -2, -1, 0, 1, 2, 3] as const

/** Scores of `second` relative to `first`, in the order of the plan: above 0, `second` was better. */
export type CmosPair = {
  readonly first: string
  readonly second: string
  /** Number of answers of -3, -2 ... 3. */
  readonly counts: readonly number[]
  readonly answered: number
  /** -3 to 3; null if there are no answers. */
  readonly mean: number | null
  /** 95 % interval by Student's t; null for fewer than two answers. */
  readonly interval: Interval | null
  /** Two-sided and exact, over all sign flips. 1 if there are no answers. */
  readonly p: number
}

export type CmosOutcome = {
  readonly kind: 'cmos'
  readonly listeners: number
  readonly plannedTrials: number
  readonly answered: number
  readonly pairs: readonly CmosPair[]
}

export function cmosOutcome(sessions: readonly TestSession[]): CmosOutcome {
  const answers = sessions.flatMap(comparisons)
  return {
    kind: 'cmos',
    listeners: sessions.length,
    plannedTrials: plannedTrials(sessions),
    answered: answers.length,
    pairs: pairsOf(sessions[0].plan).map(([first, second]) =>
      pairOf(
        first,
        second,
        answers.flatMap(({ played, comparison }) => {
          if (played[0] === first && played[1] === second) return [comparison]
          return played[0] === second && played[1] === first ? [0 - comparison] : []
        }),
      ),
    ),
  }
}

/** Two conditions in the order of playback, and the rating of the second relative to the first. */
type Comparison = { readonly played: readonly string[]; readonly comparison: number }

function comparisons({ trials, stimuli, answers }: TestSession): readonly Comparison[] {
  const conditions = conditionsById(stimuli)
  return answers.flatMap(({ trial, comparison }) =>
    comparison === undefined
      ? []
      : [{ played: trials[trial].stimuli.map((id) => conditions.get(id) ?? ''), comparison }],
  )
}

function pairOf(first: string, second: string, scores: readonly number[]): CmosPair {
  return {
    first,
    second,
    counts: comparisonGrades.map((grade) => scores.filter((score) => score === grade).length),
    answered: scores.length,
    mean: scores.length > 0 ? meanOf(scores) : null,
    interval: meanInterval(scores),
    p: signFlipTest(scores),
  }
}
