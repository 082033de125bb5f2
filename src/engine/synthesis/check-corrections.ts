/** Validates the mel corrections of a request; each takes as long as a Fourier transform and its inverse. */
import type { MelCorrections } from '../../base/mel-corrections.ts'
import { ProblemError } from '../../base/problem.ts'

/** The maximum in a model's configuration. */
const maxCount = 100

/** Throws `corrections-invalid`. */
export function checkCorrections({ count, momentum }: MelCorrections): void {
  const isCount = Number.isInteger(count) && count >= 0 && count <= maxCount
  if (isCount && momentum >= 0 && momentum < 1) return
  throw new ProblemError({
    code: 'corrections-invalid',
    message: 'These mel corrections are not possible.',
    found: `${count} corrections, momentum ${momentum}`,
    accepted: `a whole number from 0 to ${maxCount}, momentum from 0 to below 1`,
    remedy: 'Choose another number of mel corrections.',
  })
}
