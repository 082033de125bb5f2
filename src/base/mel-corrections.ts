/**
 * Mel corrections: after the last step, the waveform's mel is compared with the requested mel and the waveform is
 * filtered towards it, a number of times (model/spectral-prior.ts). They shape any input, even noise, so the person
 * chooses how many to make; without a choice, the model's own setting applies.
 */

export type MelCorrections = {
  readonly count: number
  /** Fraction of the previous change that is added again before each correction, in [0, 1). */
  readonly momentum: number
}

export const noCorrections: MelCorrections = { count: 0, momentum: 0 }

/** The measured counts, each with its momentum: 4 corrections are better without momentum, 16 with it. */
export const correctionChoices = [0, 4, 16] as const
export type CorrectionChoice = (typeof correctionChoices)[number]

const momentumOf: Readonly<Record<CorrectionChoice, number>> = { 0: 0, 4: 0, 16: 0.9 }

/** Returns the corrections for `choice`, or the model's `own` if there is no choice. */
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
