/**
 * A rehearsal of a test: two trials whose answers are shown and not recorded. Their order is drawn from another seed, so
 * that they tell nothing of the trials of the test.
 */
import { withAnchors } from '../../listening/plans/anchors.ts'
import { drawTrials } from '../../listening/plans/draw-trials.ts'
import type { TestPlan } from '../../listening/plans/test-plan.ts'
import type { TestSession, Trial } from '../../listening/test-session.ts'
import type { GivenAnswer, Revealed, StimulusKey } from './test-state.ts'

export const rehearsedTrials = 2

/** Flips all bits of a seed. */
const otherSeed = (seed: number, drawing: number) => (~seed + drawing) >>> 0

/** Draws the trials of a rehearsal over `clips` clips; a plan with a single trial is drawn twice. */
export function rehearsalTrials(plan: TestPlan, clips: number): readonly Trial[] {
  const drawn = [0, 1].flatMap((drawing) =>
    drawTrials({ ...plan, seed: otherSeed(plan.seed, drawing) }, clips),
  )
  return drawn.slice(0, rehearsedTrials)
}

/** Returns what each stimulus of a trial is, and for ABX whether the answer is correct. */
export function revealTrial(
  { plan, stimuli }: Pick<TestSession, 'plan' | 'stimuli'>,
  trial: Trial,
  keys: readonly StimulusKey[],
  given: GivenAnswer,
): Revealed {
  const labelOf = (stimulusId: string) => {
    const id = stimuli.find((one) => one.id === stimulusId)?.conditionId
    return withAnchors(plan).conditions.find((one) => one.id === id)?.label ?? id ?? stimulusId
  }
  // X is revealed as the letter that it equals; the reference is known.
  const hidden = keys.filter((key) => key !== 'x' && key !== 'reference')
  const identities = hidden.map((key, index) => ({ key, label: labelOf(trial.stimuli[index]) }))
  if (given.kind !== 'abx') return { identities }
  return { identities, xIs: trial.x === 0 ? 'A' : 'B', isCorrect: given.choice === trial.x }
}
