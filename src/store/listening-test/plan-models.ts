/** Checks the models that a plan names against those of this page, before anything is made. */
import { ProblemError } from '../../base/problem.ts'
import type { ModelSummary } from '../../engine/vocoder-engine.ts'
import type { Condition, TestPlan } from '../../listening/plans/test-plan.ts'

type ModelCondition = Extract<Condition, { readonly kind: 'model' }>

/** Throws `plan-model-missing` or `schedule-missing` if `models` lacks a model or schedule that a condition names. */
export function checkPlanModels({ conditions }: TestPlan, models: readonly ModelSummary[]): void {
  for (const condition of conditions) {
    if (condition.kind === 'model') modelOf(condition, models)
    if (condition.kind === 'no-network') modelNamed(condition.modelId, models)
  }
}

/** Returns the model with this id; throws `plan-model-missing`. */
export function modelNamed(modelId: string, models: readonly ModelSummary[]): ModelSummary {
  const model = models.find(({ id }) => id === modelId)
  if (model) return model
  throw new ProblemError({
    code: 'plan-model-missing',
    message: `The plan names a model that this page does not have: ${modelId}.`,
    found: modelId,
    accepted: models.map(({ id }) => id).join(', ') || 'none are listed',
    remedy: 'Import the model under “Your models”, or change the plan to name one of these.',
  })
}

/** Returns the model and the betas of `condition`. Throws as `checkPlanModels` does. */
export function modelOf(
  { modelId, schedule }: ModelCondition,
  models: readonly ModelSummary[],
): { readonly model: ModelSummary; readonly betas: readonly number[] } {
  const model = modelNamed(modelId, models)
  if (typeof schedule !== 'string') return { model, betas: schedule }
  const betas = Object.hasOwn(model.schedules, schedule) ? model.schedules[schedule].betas : undefined
  if (betas) return { model, betas }
  throw new ProblemError({
    code: 'schedule-missing',
    message: `${model.name ?? model.id} has no schedule for ${schedule} ${schedule === '1' ? 'step' : 'steps'}.`,
    found: schedule,
    accepted: Object.keys(model.schedules).join(', '),
    remedy: 'Choose another number of steps, or name the betas themselves in the plan.',
  })
}
