/** Both models at 2, 3 and 6 steps on one clip: the paper's comparison. */
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import type { ResultsSlice } from './results-state.ts'

export function createResultsSlice(_set: SetState, _get: GetState, _services: Services): ResultsSlice {
  return {}
}
