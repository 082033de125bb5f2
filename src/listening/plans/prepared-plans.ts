/** Plans that need no making: the comparisons that this page is for. */
import { type CorrectionChoice, correctionsText } from '../../base/mel-corrections.ts'
import type { Condition, PlanClip, TestPlan } from './test-plan.ts'

type Named = { readonly id: string; readonly label: string }

/** A model of each kind, by its id, with the name that results show. */
export type PlanModels = {
  readonly wavegrad: Named
  readonly infergrad: Named
  /** Of both; each model's own where absent. */
  readonly corrections?: CorrectionChoice
}

function inferGrad({ infergrad, corrections }: PlanModels, steps: number): Condition {
  return modelCondition('infergrad', infergrad, String(steps), corrections)
}

function waveGrad({ wavegrad, corrections }: PlanModels, steps: number): Condition {
  return modelCondition('wavegrad', wavegrad, String(steps), corrections)
}

/** `system-schedule` is its id; `schedule` a number of steps that the model knows. */
export function modelCondition(
  system: string,
  { id, label }: Named,
  schedule: string,
  corrections: CorrectionChoice | undefined,
): Condition {
  return {
    id: `${system}-${schedule}`,
    label: withCorrections(`${label}, ${schedule} ${schedule === '1' ? 'step' : 'steps'}`, corrections),
    kind: 'model',
    modelId: id,
    schedule,
    seed: 1,
    ...(corrections !== undefined && { corrections }),
  }
}

/** The control: by the prior of the model with that id. */
export function controlCondition(modelId: string, corrections: CorrectionChoice | undefined): Condition {
  return {
    id: 'no-network',
    label: withCorrections('No network', corrections),
    kind: 'no-network',
    modelId,
    seed: 1,
    ...(corrections !== undefined && { corrections }),
  }
}

/** Labels say what was asked for, not what each model has of its own. */
function withCorrections(label: string, corrections: CorrectionChoice | undefined): string {
  const asked = corrections !== undefined && correctionsText({ count: corrections })
  return asked ? `${label}, ${asked}`.slice(0, maxLabel) : label.slice(0, maxLabel)
}

/** As a plan's schema allows. */
const maxLabel = 200

function plan(parts: Omit<TestPlan, 'format' | 'version'>): TestPlan {
  return { format: 'listening-plan', version: 1, ...parts }
}

/** Whether InferGrad's two steps can be told from WaveGrad's six, on the clip that is open. */
export function abxOfFewSteps(models: PlanModels, seed: number, trials = 16): TestPlan {
  return plan({
    kind: 'abx',
    title: 'InferGrad at 2 steps or WaveGrad at 6',
    seed,
    trials,
    clips: [{ kind: 'source' }],
    conditions: [inferGrad(models, 2), waveGrad(models, 6)],
  })
}

/** Whether two takes of the page can be told apart. */
export function abxOfTakes(first: Named, second: Named, seed: number, trials = 16): TestPlan {
  const take = (id: string, { label, id: takeId }: Named): Condition => ({ id, label, kind: 'take', takeId })
  return plan({
    kind: 'abx',
    title: `${first.label} or ${second.label}`,
    seed,
    trials,
    clips: [{ kind: 'source' }],
    conditions: [take('first', first), take('second', second)],
  })
}

function overExamples(exampleIds: readonly string[]): readonly PlanClip[] {
  return exampleIds.map((exampleId) => ({ kind: 'example', exampleId }))
}

/** Which is preferred over the bundled examples, each pair heard twice. */
export function preferenceOverExamples(
  models: PlanModels,
  exampleIds: readonly string[],
  seed: number,
): TestPlan {
  return plan({
    kind: 'preference',
    title: 'WaveGrad at 6 steps or InferGrad at 2, over the examples',
    seed,
    trials: 2,
    clips: overExamples(exampleIds),
    conditions: [waveGrad(models, 6), inferGrad(models, 2)],
  })
}

/** How much better one is than the other over the bundled examples, each pair heard twice. */
export function cmosOverExamples(models: PlanModels, exampleIds: readonly string[], seed: number): TestPlan {
  return plan({
    ...preferenceOverExamples(models, exampleIds, seed),
    kind: 'cmos',
    title: 'InferGrad at 2 steps against WaveGrad at 6, over the examples',
  })
}

/** Both models at 2 and 6 steps and Griffin-Lim, rated beside the recording; `voiceFiles` are clips of the bundled voice. */
export function mushraOverVoice(models: PlanModels, voiceFiles: readonly string[], seed: number): TestPlan {
  return plan({
    kind: 'mushra',
    title: 'Both models at 2 and 6 steps, and Griffin-Lim',
    seed,
    trials: 1,
    clips: voiceFiles.slice(0, 3).map((file) => ({ kind: 'voice', file })),
    conditions: [
      inferGrad(models, 2),
      inferGrad(models, 6),
      waveGrad(models, 2),
      waveGrad(models, 6),
      { id: 'griffin-lim', label: 'Griffin-Lim', kind: 'griffin-lim', seed: 1 },
    ],
  })
}
