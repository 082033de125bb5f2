/**
 * Mel corrections: after the last step, the waveform's mel is compared with the requested mel and the waveform is
 * filtered towards it, a number of times: everything (model/prior/spectral-prior.ts) or only the low harmonics of a voice
 * (model/voiced-corrections.ts). They improve any input, even noise, so the person chooses; without a choice, the model's
 * own setting applies.
 */
import type { CsvCell } from './csv.ts'

export type MelCorrections = {
  readonly count: number
  /** Fraction of the previous change that is added again before each correction, in [0, 1). */
  readonly momentum: number
  /** Everything, or voiced speech below 1 kHz. */
  readonly scope: CorrectionScope
}

export const correctionScopes = ['all', 'voiced'] as const
export type CorrectionScope = (typeof correctionScopes)[number]

export const noCorrections: MelCorrections = { count: 0, momentum: 0, scope: 'all' }

/** The measured settings: a number of corrections of everything, or the corrections of voiced speech. */
export const correctionChoices = [0, 'voiced', 4, 16] as const
export type CorrectionChoice = (typeof correctionChoices)[number]

/** 4 corrections are better without momentum, 16 and more with it. */
const correctionsOf: Readonly<Record<CorrectionChoice, MelCorrections>> = {
  0: noCorrections,
  voiced: { count: 32, momentum: 0.9, scope: 'voiced' },
  4: { count: 4, momentum: 0, scope: 'all' },
  16: { count: 16, momentum: 0.9, scope: 'all' },
}

/** Returns the choice that names `corrections`, whatever their momentum; undefined if there is none. */
export function choiceOf({ count, scope }: MelCorrections): CorrectionChoice | undefined {
  if (count === 0) return 0
  if (scope === 'voiced') return count === correctionsOf.voiced.count ? 'voiced' : undefined
  return correctionChoices.find((choice) => choice === count)
}

/** Returns the corrections for `choice`, or the model's `own` if there is no choice or they are what it names. */
export function resolveCorrections(
  choice: CorrectionChoice | undefined,
  own: MelCorrections,
): MelCorrections {
  return choice === undefined || choice === choiceOf(own) ? own : correctionsOf[choice]
}

/** "no corrections", "1 correction", "16 corrections", "voiced corrections". */
export function correctionsText({ count, scope }: Pick<MelCorrections, 'count' | 'scope'>): string {
  if (count === 0) return 'no corrections'
  if (scope === 'voiced') return 'voiced corrections'
  return count === 1 ? '1 correction' : `${count} corrections`
}

/** `correctionsText` of a choice. */
export const choiceText = (choice: CorrectionChoice): string => correctionsText(correctionsOf[choice])

/** The columns of a table that state corrections. */
export const correctionsColumns = ['corrections', 'corrections_momentum', 'corrections_scope'] as const

/** Returns one cell per column; all are empty if the corrections are unknown. */
export function correctionsCells(corrections: Partial<MelCorrections> | undefined): readonly CsvCell[] {
  return [corrections?.count, corrections?.momentum, corrections?.scope]
}
