/** Makes all stimuli of a plan: makes each condition of each clip, matches levels and identifies each by its hash. */
import type { Audio } from '../../../analysis/analysis.ts'
import { withAnchors } from '../../../listening/plans/anchors.ts'
import { stimulusId } from '../../../listening/plans/draw-trials.ts'
import type { TestPlan } from '../../../listening/plans/test-plan.ts'
import type { Stimulus } from '../../../listening/test-session.ts'
import type { PageAccess } from '../../slice.ts'
import { checkPlanModels } from '../plans/plan-models.ts'
import { readPlanClip } from '../test-input.ts'
import { levelStimuli } from './level-stimuli.ts'
import { type MadeStimulus, makeStimulus } from './make-stimulus.ts'

export type PreparedTest = {
  readonly clipTitles: readonly string[]
  readonly stimuli: readonly Stimulus[]
  /** Audio by SHA-256. */
  readonly audio: ReadonlyMap<string, Audio>
  readonly notes: readonly string[]
}

export type PreparingStep = {
  readonly done: number
  readonly total: number
  readonly doing: string
  /** Overall progress, 0..1. */
  readonly fraction: number
}

/** Rejects with the `ProblemError`s of reading and synthesis, or with an AbortError. */
export async function prepareStimuli(
  page: PageAccess,
  plan: TestPlan,
  { signal, onStep }: { readonly signal: AbortSignal; readonly onStep: (step: PreparingStep) => void },
): Promise<PreparedTest> {
  checkPlanModels(plan, page.get().models.all)
  const { conditions } = withAnchors(plan)
  const total = plan.clips.length * conditions.length
  const clipTitles: string[] = []
  const stimuli: Stimulus[] = []
  const audio = new Map<string, Audio>()
  const notes: string[] = []
  let done = 0

  // All clips are read before the first synthesis, so that a missing one is reported at once.
  const inputs = []
  for (const clip of plan.clips) {
    onStep({ done, total, doing: 'Reading the clips', fraction: 0 })
    inputs.push(await readPlanClip(page, clip))
    signal.throwIfAborted()
  }

  for (const [clip, input] of inputs.entries()) {
    clipTitles.push(input.title)
    const made: (MadeStimulus & { readonly label: string })[] = []
    for (const condition of conditions) {
      const doing = `Making ${done + 1} of ${total}: ${condition.label}, of ${input.title}`
      const tell = (fraction: number) => onStep({ done, total, doing, fraction: (done + fraction) / total })
      tell(0)
      const stimulus = await makeStimulus(page, input, condition, { signal, onProgress: tell })
      signal.throwIfAborted()
      made.push({ ...stimulus, label: condition.label })
      done += 1
    }
    onStep({ done, total, doing: `Levelling ${input.title}`, fraction: done / total })
    const { levelled, notes: changes } = await levelStimuli(page.services.analysis, made, input.title)
    signal.throwIfAborted()
    notes.push(...changes)
    for (const [index, { samples, sampleRateHz, sha256, loudnessLufs, gainDb }] of levelled.entries()) {
      const { making } = made[index]
      audio.set(sha256, { samples, sampleRateHz })
      stimuli.push({
        id: stimulusId(clip, conditions[index].id),
        clip,
        conditionId: conditions[index].id,
        sha256,
        durationSeconds: samples.length / sampleRateHz,
        sampleRateHz,
        loudnessLufs,
        gainDb,
        ...(making && { making }),
      })
    }
  }
  return { clipTitles, stimuli, audio, notes }
}
