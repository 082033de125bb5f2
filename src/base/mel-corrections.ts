/**
 * Mel corrections: after the last step the waveform's own mel is compared with the one that was asked for, and the waveform is
 * filtered towards it, a number of times (model/spectral-prior.ts). They make the sound of any input, noise as well, so a
 * person chooses them; without a choice a model has its own.
 */

export type MelCorrections = {
  readonly count: number
  /** How much of the last change each correction starts ahead by, from 0 to below 1. */
  readonly momentum: number
}

export const noCorrections: MelCorrections = { count: 0, momentum: 0 }

/** The counts that were measured, each with its momentum: 4 are better without, 16 with it. */
export const correctionChoices = [0, 4, 16] as const
export type CorrectionChoice = (typeof correctionChoices)[number]

const momentumOf: Readonly<Record<CorrectionChoice, number>> = { 0: 0, 4: 0, 16: 0.9 }

/** Returns the corrections of `choice` for a model whose own are `own`; undefined leaves them to the model. */
export function resolveCorrections(
  choice: CorrectionChoice | undefined,
  own: MelCorrections,
): MelCorrections {
  if (choice === undefined || choice === own.count) return own
  return { count: choice, momentum: momentumOf[choice] }
}

/** "no corrections", "1 correction", "16 corrections". */
export function correctionsText({ count }: Pick<MelCorrections, 'count'>): string {
  if (count === 0) return 'no corrections'
  return count === 1 ? '1 correction' : `${count} corrections`
}
