/** Describes a difference in words. */
import { subjectName, takeOf } from '../../../store/takes/difference-pair.ts'
import { melSubject, type ShownDifference, type Subject } from '../../../store/takes/differences-state.ts'
import type { Take } from '../../../store/takes/take.ts'
import { formatFigure } from '../../figures/figure-texts.ts'

/** Returns the name for use within a sentence: "InferGrad", "the recording", "the input mel". */
export function nameInSentence(takes: readonly Take[], subject: Subject): string {
  const take = takeOf(takes, subject)
  return take?.system === 'recording' ? 'the recording' : subjectName(takes, subject)
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}

/** Returns, for example, "InferGrad differs from the recording by 6.1 dB rms." */
export function totalSentence(takes: readonly Take[], { of, from, total, unit }: ShownDifference): string {
  const [one, other] = [of, from].map((subject) => nameInSentence(takes, subject))
  const figure = `${formatFigure(total, unit === 'dB' ? 1 : 2)} ${unit} rms`
  if (from === melSubject) return `The mel of ${one} differs from ${other} by ${figure}.`
  return `${capitalised(one)} differs from ${other} by ${figure}.`
}

/** Returns notes on what the comparison leaves out and on special cases. */
export function differenceNotes(takes: readonly Take[], shown: ShownDifference): readonly string[] {
  const { of, from, uncomparedSeconds, ratesHz, silent } = shown
  const name = (subject: Subject) => nameInSentence(takes, subject)
  const hz = (rate: number) => `${rate.toLocaleString('en')} Hz`
  const notes: string[] = []
  if (silent.length > 1) notes.push('Both are silent, so they do not differ.')
  else if (silent.length > 0)
    notes.push(
      `${capitalised(name(silent[0]))} is silent, so everything in the other counts as a difference.`,
    )
  if (uncomparedSeconds >= 0.005)
    notes.push(`${uncomparedSeconds.toFixed(2)} s at the end of the longer one are not compared.`)
  if (ratesHz) {
    const rates = `${name(of)} has ${hz(ratesHz[0])} and ${name(from)} ${hz(ratesHz[1])}`
    notes.push(`${capitalised(rates)}: they are compared at ${hz(ratesHz[1])}.`)
  }
  return notes
}
