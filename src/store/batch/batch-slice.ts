/** Many files, one after the other. */
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import type { BatchSlice } from './batch-state.ts'

export function createBatchSlice(_set: SetState, _get: GetState, _services: Services): BatchSlice {
  return {}
}
