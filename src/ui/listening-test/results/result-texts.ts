/** Describes outcomes in sentences, which stand beside the plots and serve as their text alternatives. */

import type { AbxOutcome } from '../../../listening/results/abx.ts'
import type { CmosOutcome, CmosPair } from '../../../listening/results/cmos.ts'
import type { MushraCondition, MushraOutcome, MushraScreening } from '../../../listening/results/mushra.ts'
import type { PreferenceOutcome, PreferencePair } from '../../../listening/results/preference.ts'
import { significance } from '../../../listening/statistics/abx-power.ts'
import { decimal, joinList, percent, pluralize, pText } from '../../../listening/text-format.ts'

/** Returns the name of a condition by its id. */
export type LabelOf = (conditionId: string) => string

export const sides = ['A', 'B'] as const

/** States whether this number of correct answers is significant. */
export function abxMeaning({ p }: AbxOutcome): string {
  return p <= significance
    ? 'You can tell them apart.'
    : 'Inconclusive: no evidence that you can tell them apart.'
}

/** States how many answers were correct, what that means, and the share with its interval. */
export function abxText(outcome: AbxOutcome): string {
  const { correct, answered, p, share, interval } = outcome
  if (share === null) return 'No trial was answered.'
  return (
    `${correct} of ${answered} right: someone guessing would do this well ${percent(p)} of the time. ${abxMeaning(outcome)} ` +
    `${percent(share)} right, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}; guessing is 50 %.`
  )
}

/** States how often each condition was preferred, and how likely that difference is by chance. */
export function preferenceText(pair: PreferencePair, labelOf: LabelOf): string {
  const { firstWins, secondWins, ties, share, interval, p } = pair
  const [first, second] = [labelOf(pair.first), labelOf(pair.second)]
  if (share === null) return `${first} or ${second}: neither was preferred in ${pluralize(ties, 'trial')}.`
  const ahead = secondWins >= firstWins
  const favour = ahead ? share : 1 - share
  const [low, high] = ahead ? [interval.low, interval.high] : [1 - interval.high, 1 - interval.low]
  const tied = ties > 0 ? `, and neither ${times(ties)}` : ''
  return (
    `${ahead ? second : first} was preferred ${times(Math.max(firstWins, secondWins))}, ` +
    `${ahead ? first : second} ${times(Math.min(firstWins, secondWins))}${tied}. ` +
    `Without ties that is ${percent(favour)}, 95 % interval ${percent(low)} to ${percent(high)}; ` +
    `by chance alone ${percent(p)} of tests would differ as much.`
  )
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

/** States the effect of the playing order, or returns '' if no trial was decided. */
export function orderText({ playedFirstWins, playedSecondWins }: PreferenceOutcome): string {
  const decided = playedFirstWins + playedSecondWins
  return decided === 0
    ? ''
    : `The one played as A was preferred in ${playedFirstWins} of ${decided} decisions.`
}

export function cmosText(pair: CmosPair, labelOf: LabelOf): string {
  const { answered, mean, interval, p } = pair
  const [first, second] = [labelOf(pair.first), labelOf(pair.second)]
  if (mean === null) return `${second} against ${first}: no answers.`
  if (mean === 0) return `${second} and ${first} are equal on average of ${pluralize(answered, 'answer')}.`
  const [better, worse] = mean > 0 ? [second, first] : [first, second]
  const range = interval
    ? mean > 0
      ? `95 % interval ${decimal(interval.low, 2)} to ${decimal(interval.high, 2)}, `
      : `95 % interval ${decimal(-interval.high, 2)} to ${decimal(-interval.low, 2)}, `
    : ''
  return `${better} is ${decimal(Math.abs(mean), 2)} better than ${worse} (${range}${pluralize(answered, 'answer')}, ${pText(p)}).`
}

export function mushraText({ conditionId, summary, ratings }: MushraCondition, labelOf: LabelOf): string {
  if (!summary) return `${labelOf(conditionId)}: no ratings.`
  const { mean, median, lowerQuartile, upperQuartile, interval } = summary
  const range = interval ? ` (95 % interval ${decimal(interval.low, 0)} to ${decimal(interval.high, 0)})` : ''
  return (
    `${labelOf(conditionId)}: mean ${decimal(mean, 0)}${range}, median ${decimal(median, 0)}, ` +
    `quartiles ${decimal(lowerQuartile, 0)} and ${decimal(upperQuartile, 0)}, ${pluralize(ratings.length, 'rating')}.`
  )
}

/** States the findings of post-screening, or nothing if nothing has been rated yet. */
export function screeningTexts({ screening, listeners, screened }: MushraOutcome): readonly string[] {
  if (screening.every(({ trials }) => trials === 0)) return []
  const who = (found: readonly MushraScreening[]) =>
    listeners === 1
      ? 'The listener'
      : `${found.length === 1 ? 'Listener' : 'Listeners'} ${joinList(found.map(({ listener }) => String(listener + 1)))}`
  const excluded = screening.filter((one) => one.excluded)
  const unnoticed = screening.filter((one) => one.anchorUnnoticed)
  const texts: string[] = []
  if (excluded.length === 0) {
    texts.push(
      'Post-screening by ITU-R BS.1534-3: every listener found the hidden reference, so no result is excluded.',
    )
  } else {
    const consequence = screened ? 'and so do these figures' : 'here they are included anyway'
    texts.push(
      `${who(excluded)} rated the hidden reference below 90 in ${shareOfTrials(excluded, 'referenceBelow')}: ` +
        `post-screening by ITU-R BS.1534-3 excludes such results, ${consequence}.`,
    )
  }
  if (unnoticed.length > 0) {
    texts.push(
      `${who(unnoticed)} rated the 7 kHz anchor above 90 in ${shareOfTrials(unnoticed, 'anchorAbove')}: its missing treble was hardly noticed.`,
    )
  }
  return texts
}

/** For a single listener, the exact number is given. */
function shareOfTrials(found: readonly MushraScreening[], count: 'referenceBelow' | 'anchorAbove'): string {
  if (found.length > 1) return 'more than 15 % of their trials'
  return `${found[0][count]} of ${pluralize(found[0].trials, 'trial')}, more than 15 %`
}

/** States the limitations of results that were cut short or pooled. */
export function cautionTexts({
  kind,
  answered,
  plannedTrials,
  listeners,
}: AbxOutcome | PreferenceOutcome | CmosOutcome | MushraOutcome): readonly string[] {
  const texts: string[] = []
  if (answered < plannedTrials) {
    texts.push(
      `${answered} of ${pluralize(plannedTrials, 'trial')} were answered.${kind === 'mushra' ? '' : ' A test that ends before its planned number of trials proves less than its p says.'}`,
    )
  }
  if (listeners > 1)
    texts.push(`${listeners} listeners together; their answers are counted as if each were independent.`)
  return texts
}
