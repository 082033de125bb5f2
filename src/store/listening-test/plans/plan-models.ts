/** Checks the models and examples that a plan names against those of this page, before anything is made. */
import { type Problem, ProblemError, toProblem } from '../../../base/problem.ts'
import type { ModelSummary } from '../../../engine/vocoder-engine.ts'
import type { Condition, TestPlan } from '../../../listening/plans/test-plan.ts'
import type { Example } from '../../source/source-state.ts'

type ModelCondition = Extract<Condition, { readonly kind: 'model' }>

/** Throws `plan-model-missing` or `schedule-missing` if `models` lacks a model or schedule that a condition names. */
export function checkPlanModels({ conditions }: TestPlan, models: readonly ModelSummary[]): void {
  for (const condition of conditions) {
    if (condition.kind === 'model') modelOf(condition, models)
    if (condition.kind === 'no-network') modelNamed(condition.modelId, models)
  }
}

/**
 * Returns the problem that keeps this page from running a plan, of models and bundled examples; undefined if there is
 * none. Lists that are still empty have not been loaded yet.
 */
export function planObstacle(
  plan: TestPlan,
  models: readonly ModelSummary[],
  examples: readonly Example[],
): Problem | undefined {
  try {
    if (models.length > 0) checkPlanModels(plan, models)
    for (const clip of examples.length > 0 ? plan.clips : [])
      if (clip.kind === 'example') exampleNamed(clip.exampleId, examples)
    return undefined
  } catch (thrown) {
    return toProblem(thrown)
  }
}

/** Returns the bundled example with this id; throws `plan-clip-missing`. */
export function exampleNamed(exampleId: string, examples: readonly Example[]): Example {
  const example = examples.find(({ id }) => id === exampleId)
  if (example) return example
  throw clipMissing(`example “${exampleId}”`, examples.map(({ id }) => id).join(', '))
}

export function clipMissing(what: string, accepted: string): ProblemError {
  return new ProblemError({
    code: 'plan-clip-missing',
    message: `The plan names the ${what}, which this page does not have.`,
    accepted: accepted || 'none are here',
    remedy: 'Change the plan, or choose the clips on the page.',
  })
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
