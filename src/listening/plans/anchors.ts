/** The conditions that MUSHRA adds to a plan (ITU-R BS.1534-3): the hidden reference and two anchors. */
import type { Condition, TestPlan } from './test-plan.ts'

export const referenceId = 'reference'
export const lowAnchorId = 'anchor-3500'
export const midAnchorId = 'anchor-7000'

export const addedConditions: readonly Condition[] = [
  { id: referenceId, label: 'Hidden reference', kind: 'recording' },
  { id: midAnchorId, label: 'Anchor, 7 kHz', kind: 'low-pass', cutoffHz: 7000 },
  { id: lowAnchorId, label: 'Anchor, 3.5 kHz', kind: 'low-pass', cutoffHz: 3500 },
]

/** Adds the missing reference and anchors to a MUSHRA plan; returns any other plan unchanged. */
export function withAnchors(plan: TestPlan): TestPlan {
  if (plan.kind !== 'mushra') return plan
  const lacking = addedConditions.filter(({ id }) => !plan.conditions.some((one) => one.id === id))
  return lacking.length > 0 ? { ...plan, conditions: [...plan.conditions, ...lacking] } : plan
}
