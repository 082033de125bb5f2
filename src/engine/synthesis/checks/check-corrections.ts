/** Validates the mel corrections of a request; each takes as long as a Fourier transform and its inverse. */
import { correctionScopes, type MelCorrections } from '../../../base/mel-corrections.ts'
import { ProblemError } from '../../../base/problem.ts'

/** The maximum in a model's configuration. */
const maxCount = 100

/** Throws `corrections-invalid`. `correctsVoiced` is that of the model's summary. */
export function checkCorrections({ count, momentum, scope }: MelCorrections, correctsVoiced: boolean): void {
  const isCount = Number.isInteger(count) && count >= 0 && count <= maxCount
  if (!isCount || !(momentum >= 0 && momentum < 1) || !correctionScopes.includes(scope)) {
    throw new ProblemError({
      code: 'corrections-invalid',
      message: 'These mel corrections are not possible.',
      found: `${count} corrections, momentum ${momentum}, scope ${scope}`,
      accepted: `a whole number from 0 to ${maxCount}, momentum from 0 to below 1, scope ${correctionScopes.join(' or ')}`,
      remedy: 'Choose another number of mel corrections.',
    })
  }
  if (scope === 'voiced' && !correctsVoiced) {
    throw new ProblemError({
      code: 'corrections-invalid',
      message: 'This model estimates no voicing, which voiced corrections need.',
      remedy: 'Choose another setting of the mel corrections, or a model on frames.',
    })
  }
}
