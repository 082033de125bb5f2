/** Names a system with its number of steps. */
import { pluralize } from '../../listening/text-format.ts'
import { type System, systemNames } from '../../store/synthesis/systems.ts'

/**
 * Returns a name such as "InferGrad, 2 steps".
 *
 * @param given.steps absent or 0 for a system without steps.
 */
export function systemWithSteps(given: { readonly system: System; readonly steps?: number }): string {
  const name = systemNames[given.system]
  return given.steps ? `${name}, ${pluralize(given.steps, 'step')}` : name
}
