/** What one take has that another, or the mel, has not. */
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import type { DifferencesSlice } from './differences-state.ts'

export function createDifferencesSlice(
  _set: SetState,
  _get: GetState,
  _services: Services,
): DifferencesSlice {
  return {}
}
