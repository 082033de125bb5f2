/** Selects the two subjects of the comparison: the user's choice, or the most informative default if it is missing. */

import { type DifferencePair, melSubject, type Subject } from './differences-state.ts'
import type { Take } from './take.ts'
import { takeNames } from './takes.ts'

/** Models come before the classical baseline; the recording is last, because it is the reference for the others. */
const tellingFirst = ['infergrad', 'tuned', 'wavegrad', 'griffin-lim', 'file', 'recording'] as const

export function subjectOf({ place, system, id }: Take): Subject {
  return place === 'current' ? system : id
}

export function takeOf(takes: readonly Take[], subject: Subject): Take | undefined {
  return takes.find((take) => subjectOf(take) === subject)
}

/** Returns a name such as "InferGrad" or "the input mel". */
export function subjectName(takes: readonly Take[], subject: Subject): string {
  const take = takeOf(takes, subject)
  return take ? (takeNames(takes).get(take.id) ?? '') : 'the input mel'
}

/** Returns undefined without takes. Takes are in the page's order, so current takes come before kept ones. */
export function differencePair(
  takes: readonly Take[],
  chosen: Partial<DifferencePair>,
): DifferencePair | undefined {
  const isThere = (subject: Subject | undefined) =>
    subject !== undefined && takeOf(takes, subject) ? subject : undefined
  const byDefault = tellingFirst
    .flatMap((system) => takes.find((take) => take.system === system) ?? [])
    .map(subjectOf)
  const of = isThere(chosen.of) ?? byDefault[0]
  if (of === undefined) return undefined
  if (chosen.from === melSubject) return { of, from: melSubject }
  const from = isThere(chosen.from)
  if (from && from !== of) return { of, from }
  const recording = takes.find(({ system }) => system === 'recording')
  return { of, from: recording && subjectOf(recording) !== of ? subjectOf(recording) : melSubject }
}
