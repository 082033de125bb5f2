/** What MUSHRA adds to the conditions of a plan (ITU-R BS.1534-3): the hidden reference and the two anchors. */
import type { Condition, TestPlan } from './test-plan.ts'

export const referenceId = 'reference'
export const lowAnchorId = 'anchor-3500'
export const midAnchorId = 'anchor-7000'

export const addedConditions: readonly Condition[] = [
  { id: referenceId, label: 'Hidden reference', kind: 'recording' },
  { id: midAnchorId, label: 'Anchor, 7 kHz', kind: 'low-pass', cutoffHz: 7000 },
  { id: lowAnchorId, label: 'Anchor, 3.5 kHz', kind: 'low-pass', cutoffHz: 3500 },
]

/** A MUSHRA plan with what it lacks of reference and anchors; any other plan as it is. */
export function withAnchors(plan: TestPlan): TestPlan {
  if (plan.kind !== 'mushra') return plan
  const lacking = addedConditions.filter(({ id }) => !plan.conditions.some((one) => one.id === id))
  return lacking.length > 0 ? { ...plan, conditions: [...plan.conditions, ...lacking] } : plan
}
