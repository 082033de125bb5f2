/** Makes the session of a plan, ready for its first trial: the stimuli with their audio, and the drawn trials. */
import type { Audio } from '../../../analysis/analysis.ts'
import { drawTrials } from '../../../listening/plans/draw-trials.ts'
import type { TestPlan } from '../../../listening/plans/test-plan.ts'
import type { TestSession } from '../../../listening/test-session.ts'
import type { PageAccess } from '../../slice.ts'
import { testEnvironment } from '../test-environment.ts'
import { type PreparingStep, prepareStimuli } from './prepare-stimuli.ts'

export type PreparedSession = {
  readonly session: TestSession
  /** Audio by SHA-256. */
  readonly audio: ReadonlyMap<string, Audio>
  readonly notes: readonly string[]
}

/** Rejects as `prepareStimuli` does. */
export async function prepareSession(
  page: PageAccess,
  plan: TestPlan,
  options: { readonly signal: AbortSignal; readonly onStep: (step: PreparingStep) => void },
): Promise<PreparedSession> {
  const { clipTitles, stimuli, audio, notes } = await prepareStimuli(page, plan, options)
  const session: TestSession = {
    plan,
    clipTitles,
    stimuli,
    trials: drawTrials(plan, plan.clips.length),
    answers: [],
    takenBack: 0,
    environment: testEnvironment(page.get().synthesis.engine),
    startedAt: new Date().toISOString(),
  }
  return { session, audio, notes }
}
