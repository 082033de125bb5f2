/** What the answers of a preference test say, for each pair of conditions. */
import { clopperPearson, type Interval, signTest } from '../statistics/binomial.ts'
import type { TestSession } from '../test-session.ts'
import { conditionsById, pairsOf, plannedTrials } from './sessions.ts'

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
