/** What an outcome says, in plain words: the sentences beside the plots, and the text that stands in for them. */
import type { AbxOutcome } from '../../../listening/abx.ts'
import type { CmosOutcome, CmosPair } from '../../../listening/cmos.ts'
import type { MushraCondition, MushraOutcome } from '../../../listening/mushra.ts'
import type { PreferenceOutcome, PreferencePair } from '../../../listening/preference.ts'
import type { TestKind } from '../../../listening/test-plan.ts'
import { counted, decimal, percent, pText } from '../../../listening/words.ts'

/** The name of a condition, by its id. */
export type LabelOf = (conditionId: string) => string

export const kindTexts: Readonly<Record<TestKind, string>> = {
  abx: 'ABX',
  preference: 'Preference',
  cmos: 'CMOS',
  mushra: 'MUSHRA',
}

export const sides = ['A', 'B'] as const

/** At which p a difference is taken for shown. */
const significance = 0.05

/** How many were right, and what that means. */
export function abxText({ right, answered, p }: AbxOutcome): string {
  if (answered === 0) return 'No trial was answered.'
  const score = `${right} of ${answered} right: ${percent(p)} of guessers would do as well.`
  return p <= significance
    ? `${score} The two can be told apart.`
    : `${score} That does not show that the two can be told apart, nor that they cannot.`
}

/** The share of right answers with its interval. */
export function abxShareText({ share, interval }: AbxOutcome): string {
  if (share === null) return ''
  return `${percent(share)} right, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}; guessing is 50 %.`
}

/** Who was preferred how often, and whether that is more than chance. */
export function preferenceText(pair: PreferencePair, labelOf: LabelOf): string {
  const { firstWins, secondWins, ties, share, interval, p } = pair
  const [first, second] = [labelOf(pair.first), labelOf(pair.second)]
  if (share === null) return `${first} or ${second}: neither was preferred in ${counted(ties, 'trial')}.`
  const ahead = secondWins >= firstWins
  const favour = ahead ? share : 1 - share
  const [low, high] = ahead ? [interval.low, interval.high] : [1 - interval.high, 1 - interval.low]
  const tied = ties > 0 ? `, and neither ${counted(ties, 'time')}` : ''
  return (
    `${ahead ? second : first} was preferred ${counted(Math.max(firstWins, secondWins), 'time')}, ` +
    `${ahead ? first : second} ${counted(Math.min(firstWins, secondWins), 'time')}${tied}. ` +
    `Without ties that is ${percent(favour)}, 95 % interval ${percent(low)} to ${percent(high)}; ` +
    `of equals ${percent(p)} would differ as much.`
  )
}

/** What the order of playing did; empty where that is not worth a sentence. */
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
  if (mean === 0) return `${second} and ${first} are equal on average of ${counted(answered, 'answer')}.`
  const [better, worse] = mean > 0 ? [second, first] : [first, second]
  const range = interval
    ? mean > 0
      ? `95 % interval ${decimal(interval.low, 2)} to ${decimal(interval.high, 2)}, `
      : `95 % interval ${decimal(-interval.high, 2)} to ${decimal(-interval.low, 2)}, `
    : ''
  return `${better} is ${decimal(Math.abs(mean), 2)} better than ${worse} (${range}${counted(answered, 'answer')}, ${pText(p)}).`
}

export function mushraText({ conditionId, summary, ratings }: MushraCondition, labelOf: LabelOf): string {
  if (!summary) return `${labelOf(conditionId)}: no ratings.`
  const { mean, median, lowerQuartile, upperQuartile, interval } = summary
  const range = interval ? ` (95 % interval ${decimal(interval.low, 0)} to ${decimal(interval.high, 0)})` : ''
  return (
    `${labelOf(conditionId)}: mean ${decimal(mean, 0)}${range}, median ${decimal(median, 0)}, ` +
    `quartiles ${decimal(lowerQuartile, 0)} and ${decimal(upperQuartile, 0)}, ${counted(ratings.length, 'rating')}.`
  )
}

/** What post-screening found, a sentence each; nothing where nobody was rated yet. */
export function screeningTexts({ screening, listeners, screened }: MushraOutcome): readonly string[] {
  const who = (listener: number) => (listeners > 1 ? `Listener ${listener + 1}` : 'The listener')
  const found = screening.flatMap(
    ({ listener, trials, referenceBelow, anchorAbove, excluded, anchorUnnoticed }) => {
      const texts: string[] = []
      if (excluded) {
        texts.push(
          `${who(listener)} rated the hidden reference below 90 in ${referenceBelow} of ${counted(trials, 'trial')}, more than 15 %: ` +
            `post-screening by ITU-R BS.1534-3 leaves such results out${screened ? ', and so do these figures' : '; here they are shown all the same'}.`,
        )
      }
      if (anchorUnnoticed) {
        texts.push(
          `${who(listener)} rated the 7 kHz anchor above 90 in ${anchorAbove} of ${counted(trials, 'trial')}: what lies above 7 kHz was hardly missed.`,
        )
      }
      return texts
    },
  )
  if (found.length > 0 || screening.every(({ trials }) => trials === 0)) return found
  return [
    listeners > 1
      ? 'Post-screening by ITU-R BS.1534-3 leaves nobody out: all found the hidden reference.'
      : 'Post-screening by ITU-R BS.1534-3: passed, the hidden reference was found.',
  ]
}

/** What must be said of results that were cut short or pooled. */
export function cautionTexts({
  kind,
  answered,
  plannedTrials,
  listeners,
}: AbxOutcome | PreferenceOutcome | CmosOutcome | MushraOutcome): readonly string[] {
  const texts: string[] = []
  if (answered < plannedTrials) {
    texts.push(
      `${answered} of ${counted(plannedTrials, 'trial')} were answered.${kind === 'mushra' ? '' : ' A test that ends before its planned number of trials proves less than its p says.'}`,
    )
  }
  if (listeners > 1)
    texts.push(`${listeners} listeners together; their answers are counted as if each were independent.`)
  return texts
}

/** "2 Jan 2026, 03:04". */
export function timeText(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}
