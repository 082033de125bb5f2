/** A blind listening test, from its plan to its result: joins the run of a test with the files of plans and results. */
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import type { ListeningTestSlice } from './listening-test-state.ts'
import { createTestFiles } from './test-files.ts'
import { createTestRun } from './test-run.ts'

export function createListeningTestSlice(
  set: SetState,
  get: GetState,
  services: Services,
): ListeningTestSlice {
  return { ...createTestRun(set, get, services), ...createTestFiles(set, get, services) }
}
