/** Prepared plans: the main comparisons that this page offers. */
import { type CorrectionChoice, choiceText } from '../../base/mel-corrections.ts'
import type { Condition, PlanClip, TestPlan } from './test-plan.ts'

type Named = { readonly id: string; readonly label: string }

/** One model of each kind, by id, with the name that results show. */
export type PlanModels = {
  readonly wavegrad: Named
  readonly infergrad: Named
  /** Corrections of both models; each model's own if absent. */
  readonly corrections?: CorrectionChoice
}

function inferGrad({ infergrad, corrections }: PlanModels, steps: number): Condition {
  return modelCondition('infergrad', infergrad, String(steps), corrections)
}

function waveGrad({ wavegrad, corrections }: PlanModels, steps: number): Condition {
  return modelCondition('wavegrad', wavegrad, String(steps), corrections)
}

/** The id is `system-schedule`; `schedule` is a number of steps that the model supports. */
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

/** The control without a network, shaped by the prior of the model with that id. */
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

/** The label states the requested corrections, not those that each model has by default. */
function withCorrections(label: string, corrections: CorrectionChoice | undefined): string {
  const asked = corrections !== undefined && choiceText(corrections)
  return asked ? `${label}, ${asked}`.slice(0, maxLabel) : label.slice(0, maxLabel)
}

/** The limit in the plan's schema. */
const maxLabel = 200

function plan(parts: Omit<TestPlan, 'format' | 'version'>): TestPlan {
  return { format: 'listening-plan', version: 1, ...parts }
}

/** Tests whether listeners can tell InferGrad's two steps from WaveGrad's six, on the open clip. */
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

/** Tests whether listeners can tell two takes of the page apart. */
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

/** Tests which is preferred over the bundled examples, each pair heard twice. */
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

/** Tests how much better one is than the other over the bundled examples, each pair heard twice. */
export function cmosOverExamples(models: PlanModels, exampleIds: readonly string[], seed: number): TestPlan {
  return plan({
    ...preferenceOverExamples(models, exampleIds, seed),
    kind: 'cmos',
    title: 'InferGrad at 2 steps against WaveGrad at 6, over the examples',
  })
}

/**
 * Rates both models at 2 and 6 steps and Griffin-Lim beside the recording; `voiceFiles` are clips of the bundled voice.
 */
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
