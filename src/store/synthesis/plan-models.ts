/** Derives the models and the betas of a run from the page's settings. */
import { ProblemError } from '../../base/problem.ts'
import type { ModelSummary } from '../../engine/vocoder-engine.ts'
import type { ModelsState } from '../models/models-state.ts'
import type { TakeCorrections } from '../takes/take.ts'
import { parseBetas } from './betas.ts'
import { betasFor, correctionsFor, modelsOfSize, type Settings } from './settings.ts'
import type { SynthesisState } from './synthesis-state.ts'

export type PlannedModel = {
  readonly system: 'wavegrad' | 'infergrad' | 'tuned'
  readonly model: ModelSummary
  readonly betas: readonly number[]
  readonly corrections: TakeCorrections
}

/** The take “No network”: the prior of `model` alone. */
export type PlannedControl = Omit<PlannedModel, 'system' | 'betas'> & { readonly system: 'no-network' }

/** The options among which the page's settings choose. */
export type ModelChoice = {
  readonly settings: Settings
  readonly models: readonly ModelSummary[]
  /** The user's own model that makes the take “Fine-tuned”. */
  readonly userModelId?: string
}

export function modelChoice({
  synthesis,
  models,
}: {
  readonly synthesis: SynthesisState
  readonly models: ModelsState
}): ModelChoice {
  return { settings: synthesis.settings, models: models.all, userModelId: models.chosenId }
}

/**
 * Returns the models in the order of the cards. Throws the problem that prevents the run: `betas-invalid` or
 * `schedule-missing`.
 */
export function planModels({ settings, models, userModelId }: ModelChoice): readonly PlannedModel[] {
  if (settings.steps === 'custom') {
    const { problem } = parseBetas(settings.customBetas)
    if (problem) throw new ProblemError(problem)
  }
  const chosen = [
    ...modelsOfSize(models, settings.size).map((model) => ({ system: model.objective, model })),
    ...models.filter(({ id }) => id === userModelId).map((model) => ({ system: 'tuned' as const, model })),
  ]
  return chosen.map(({ system, model }) => {
    const betas = betasFor(settings, model, models)
    if (betas) return { system, model, betas, corrections: correctionsFor(settings.corrections, model) }
    throw new ProblemError({
      code: 'schedule-missing',
      message: `${model.name ?? model.id} has no schedule for ${settings.steps} steps.`,
      accepted: Object.keys(model.schedules).join(', '),
      remedy: 'Choose another number of steps, or type your own betas.',
    })
  })
}

/** Plans the control with the prior of the chosen size, InferGrad's if both exist; undefined without such a model. */
export function planControl({ settings, models }: ModelChoice): PlannedControl | undefined {
  const model = modelsOfSize(models, settings.size).at(-1)
  return model && { system: 'no-network', model, corrections: correctionsFor(settings.corrections, model) }
}
