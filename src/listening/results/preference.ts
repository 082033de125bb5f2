/** The outcome of a preference test for each pair of conditions. */
import { clopperPearson, type Interval, signTest } from '../statistics/binomial.ts'
import type { TestSession } from '../test-session.ts'
import { conditionsById, pairsOf, plannedTrials } from './sessions.ts'

/** `first` precedes `second` in the plan, whichever order they were played in. */
export type PreferencePair = {
  readonly first: string
  readonly second: string
  readonly firstWins: number
  readonly secondWins: number
  readonly ties: number
  /** Share of `second` among the answers with a preference, 0 to 1; null if there are none. */
  readonly share: number | null
  /** 95 % Clopper-Pearson interval of that share. */
  readonly interval: Interval
  /** Two-sided exact sign test without ties; 1 if there are no preferences. */
  readonly p: number
}

export type PreferenceOutcome = {
  readonly kind: 'preference'
  readonly listeners: number
  readonly plannedTrials: number
  readonly answered: number
  readonly pairs: readonly PreferencePair[]
  /**
   * Preferences for the one played first, and for the one played second: a large difference indicates an order effect.
   */
  readonly playedFirstWins: number
  readonly playedSecondWins: number
}

export function preferenceOutcome(sessions: readonly TestSession[]): PreferenceOutcome {
  const answers = sessions.flatMap(comparisons)
  const decided = answers.filter(({ choice }) => choice !== null)
  return {
    kind: 'preference',
    listeners: sessions.length,
    plannedTrials: plannedTrials(sessions),
    answered: answers.length,
    pairs: pairsOf(sessions[0].plan).map(([first, second]) => pairOf(first, second, answers)),
    playedFirstWins: decided.filter(({ choice }) => choice === 0).length,
    playedSecondWins: decided.filter(({ choice }) => choice === 1).length,
  }
}

type Comparison = { readonly played: readonly string[]; readonly choice: 0 | 1 | null }

function comparisons({ trials, stimuli, answers }: TestSession): readonly Comparison[] {
  const conditions = conditionsById(stimuli)
  return answers.flatMap(({ trial, choice }) =>
    choice === undefined
      ? []
      : [{ played: trials[trial].stimuli.map((id) => conditions.get(id) ?? ''), choice }],
  )
}

function pairOf(first: string, second: string, answers: readonly Comparison[]): PreferencePair {
  const between = answers.filter(({ played }) => played.includes(first) && played.includes(second))
  const winsOf = (id: string) =>
    between.filter(({ played, choice }) => choice !== null && played[choice] === id).length
  const firstWins = winsOf(first)
  const secondWins = winsOf(second)
  const decided = firstWins + secondWins
  return {
    first,
    second,
    firstWins,
    secondWins,
    ties: between.length - decided,
    share: decided > 0 ? secondWins / decided : null,
    interval: clopperPearson(secondWins, decided),
    p: signTest(firstWins, secondWins),
  }
}
