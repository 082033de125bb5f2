/** The trials of a test, in their hidden order: all chance from the plan's seed, balanced so that no order can help to guess. */
import type { TestPlan } from './test-plan.ts'
import type { Trial } from './test-session.ts'

/** The id of the stimulus that a condition makes of a clip. */
export function stimulusId(clip: number, conditionId: string): string {
  return `${clip}:${conditionId}`
}

/** How many trials `drawTrials` will draw. */
export function countTrials(_plan: TestPlan, _clips: number): number {
  throw new Error('not yet')
}

/**
 * The trials of `plan` over `clips` clips, at least one. The same plan gives the same trials on every machine. Of a MUSHRA plan,
 * reference and anchors are among the sliders, as `withAnchors` adds them.
 */
export function drawTrials(_plan: TestPlan, _clips: number): readonly Trial[] {
  throw new Error('not yet')
}
