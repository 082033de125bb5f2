/** The models: those that the engine lists, including the user's own. */
import type { Slice, SliceContext } from '../slice.ts'
import { createListedModels } from './listed-models.ts'
import type { ModelsActions, ModelsState } from './models-state.ts'
import { createUserModels } from './user-models.ts'

export function createModelsSlice(context: SliceContext<'models'>): Slice<ModelsState, ModelsActions> {
  const listed = createListedModels(context)
  const userModels = createUserModels(context)
  return {
    state: { ...listed.state, ...userModels.state },
    actions: { ...listed.actions, ...userModels.actions },
  }
}
