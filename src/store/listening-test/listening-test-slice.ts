/** A blind listening test, from its plan to its result. */
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import type { ListeningTestSlice } from './listening-test-state.ts'

export function createListeningTestSlice(
  _set: SetState,
  _get: GetState,
  _services: Services,
): ListeningTestSlice {
  return {}
}
