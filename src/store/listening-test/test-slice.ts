/** A blind listening test, from its plan to its result: combines the test run with the plan and result files. */
import type { Slice, SliceContext } from '../slice.ts'
import { createTestFiles } from './test-files.ts'
import { createTestRun } from './test-run.ts'
import type { TestActions, TestState } from './test-state.ts'

export function createTestSlice(context: SliceContext<'test'>): Slice<TestState, TestActions> {
  const run = createTestRun(context)
  const files = createTestFiles(context)
  return { state: { ...run.state, ...files.state }, actions: { ...run.actions, ...files.actions } }
}
