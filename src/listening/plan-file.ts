/** A test plan as a file. */
import type { TestPlan } from './test-plan.ts'

/**
 * The plan that `text` holds, checked.
 *
 * Throws `plan-invalid` for anything that is no plan, or one that cannot be run; `plan-version` for one of another version.
 */
export function readPlan(_text: string, _fileName: string): TestPlan {
  throw new Error('not yet')
}

/** The plan as JSON. Throws `plan-has-takes` where it names takes of the page, which nobody else has. */
export function writePlan(_plan: TestPlan): string {
  throw new Error('not yet')
}
