/** Shared functions of all outcomes over sessions of one plan. */
import type { TestPlan } from '../plans/test-plan.ts'
import type { Stimulus, TestSession } from '../test-session.ts'

/** The condition of each stimulus, by stimulus id. */
export function conditionsById(stimuli: readonly Stimulus[]): ReadonlyMap<string, string> {
  return new Map(stimuli.map(({ id, conditionId }) => [id, conditionId]))
}

/** The number of answers if all sessions were complete. */
export function plannedTrials(sessions: readonly TestSession[]): number {
  return sessions.reduce((sum, { trials }) => sum + trials.length, 0)
}

/** All pairs of conditions, in the order of the plan. */
export function pairsOf({ conditions }: TestPlan): readonly (readonly [first: string, second: string])[] {
  return conditions.flatMap((first, index) =>
    conditions.slice(index + 1).map((second) => [first.id, second.id] as const),
  )
}
