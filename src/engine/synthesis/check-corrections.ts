/** Whether the mel corrections of a request can be made: each takes as long as a Fourier transform there and back. */
import type { MelCorrections } from '../../base/mel-corrections.ts'
import { ProblemError } from '../../base/problem.ts'

/** As a model's configuration may have at most. */
const maxCount = 100

/** Throws `corrections-invalid`. */
export function checkCorrections({ count, momentum }: MelCorrections): void {
  const isCount = Number.isInteger(count) && count >= 0 && count <= maxCount
  if (isCount && momentum >= 0 && momentum < 1) return
  throw new ProblemError({
    code: 'corrections-invalid',
    message: 'The mel corrections are none that can be made.',
    found: `${count} corrections, momentum ${momentum}`,
    accepted: `a whole number from 0 to ${maxCount}, momentum from 0 to below 1`,
    remedy: 'Choose another number of mel corrections.',
  })
}
