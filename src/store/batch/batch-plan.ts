/** Plans the outputs of a batch for each file, and finds those that already exist. */
import { ProblemError } from '../../base/problem.ts'
import {
  type ModelChoice,
  type PlannedControl,
  type PlannedModel,
  planControl,
  planModels,
} from '../synthesis/plan-models.ts'
import {
  type BatchItem,
  type BatchOutput,
  type BatchState,
  type BatchSystem,
  batchSystems,
  type PlannedOutput,
} from './batch-state.ts'

/** Plans a batch with the page's current settings. Throws the problems of `planModels`, and `batch-no-system`. */
export function planBatch(
  chosen: ModelChoice,
  { systems, encoding }: Pick<BatchState, 'systems' | 'encoding'>,
): readonly PlannedOutput[] {
  const { seed } = chosen.settings
  const ofModel = ({ system, model, corrections }: PlannedModel | PlannedControl): PlannedOutput => ({
    system,
    modelId: model.id,
    ...(model.name && { modelName: model.name }),
    weightsSha256: model.weightsSha256,
    corrections,
    seed,
    encoding,
  })
  const control = planControl(chosen)
  const all: readonly PlannedOutput[] = [
    ...planModels(chosen).map((one) => ({ ...ofModel(one), betas: one.betas })),
    ...(control ? [ofModel(control)] : []),
    { system: 'griffin-lim', seed, encoding },
  ]
  const plan = batchSystems.flatMap((system) => all.find((one) => one.system === system) ?? [])
  const wanted = plan.filter(({ system }) => systems.includes(system))
  if (wanted.length > 0) return wanted
  throw new ProblemError({
    code: 'batch-no-system',
    message: 'There is nothing for the batch to make.',
    remedy: 'Choose at least one of the systems.',
  })
}

function isSame(one: PlannedOutput, other: PlannedOutput): boolean {
  return (
    one.system === other.system &&
    one.modelId === other.modelId &&
    one.weightsSha256 === other.weightsSha256 &&
    one.seed === other.seed &&
    one.encoding === other.encoding &&
    one.corrections?.count === other.corrections?.count &&
    one.corrections?.momentum === other.corrections?.momentum &&
    one.corrections?.scope === other.corrections?.scope &&
    one.corrections?.asked === other.corrections?.asked &&
    one.betas?.join() === other.betas?.join()
  )
}

/** Returns the outputs of an item for a new run: keeps those made as planned, and those of systems not in the plan. */
export function outputsFor(item: BatchItem, plan: readonly PlannedOutput[]): readonly BatchOutput[] {
  return batchSystems.flatMap((system): readonly BatchOutput[] => {
    const planned = plan.find((one) => one.system === system)
    const made = item.outputs.find((output) => output.system === system && output.state === 'done')
    const stays = made?.result && (!planned || isSame(planned, made.result.planned))
    if (stays) return [made]
    return planned ? [{ system, state: 'waiting', fraction: 0 }] : []
  })
}

/** Whether a run on `plan` would process the item. Rejected items wait until the user retries them. */
export function isToDo(item: BatchItem, plan: readonly PlannedOutput[]): boolean {
  if (item.state === 'refused') return false
  return item.state !== 'done' || outputsFor(item, plan).some(({ state }) => state === 'waiting')
}

/** Returns the name of an item's WAV in the file store. */
export const keptName = (itemId: string, system: BatchSystem): string => `${itemId}-${system}.wav`
