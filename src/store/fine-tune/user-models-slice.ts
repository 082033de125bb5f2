/** The user's own models: listed, chosen for listening, named, exported, imported, and deleted with time to think again. */
import type { ShelvedModel } from '../../engine/models/user-models.ts'
import { bytesOf } from '../file-bytes.ts'
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import { currentTake, removeTake } from '../takes/takes.ts'
import type { OwnModelsSlice } from './fine-tune-state.ts'

export const undoSeconds = 8

export function createOwnModelsSlice(set: SetState, get: GetState, services: Services): OwnModelsSlice {
  const { shelf } = services
  let removal: ReturnType<typeof setTimeout> | undefined

  async function attempt<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await act()
    } catch (thrown) {
      get().report(thrown)
      return undefined
    }
  }

  /** Removes what was deleted for good. */
  async function remove(deleted: ShelvedModel): Promise<void> {
    clearTimeout(removal)
    if (get().deletedModel?.id === deleted.id) set({ deletedModel: undefined })
    await attempt(() => shelf.remove(deleted.id))
    await get().loadOwnModels()
  }

  return {
    ownModels: [],
    async loadOwnModels() {
      await attempt(async () => {
        const [ownModels] = await Promise.all([shelf.list(), get().listModels()])
        set(({ deletedModel }) => ({ ownModels: ownModels.filter(({ id }) => id !== deletedModel?.id) }))
      })
    },
    chooseTunedModel(tunedModelId) {
      if (tunedModelId === get().tunedModelId) return
      set({ tunedModelId })
      // Under the name of another model the take would be taken for that one's.
      const tuned = currentTake(get().takes, 'tuned')
      if (tuned) removeTake(set, get, services, tuned.id)
      void get().loadModels()
    },
    async renameOwnModel(modelId, name) {
      await attempt(() => shelf.rename(modelId, name))
      await get().loadOwnModels()
    },
    deleteOwnModel(modelId) {
      const { ownModels, deletedModel, tunedModelId } = get()
      const model = ownModels.find(({ id }) => id === modelId)
      if (!model) return
      if (deletedModel) void remove(deletedModel)
      if (tunedModelId === modelId) get().chooseTunedModel(undefined)
      set({ ownModels: ownModels.filter((one) => one !== model), deletedModel: model })
      removal = setTimeout(() => void remove(model), undoSeconds * 1000)
    },
    undoDelete() {
      clearTimeout(removal)
      set({ deletedModel: undefined })
      void get().loadOwnModels()
    },
    async importModel(files) {
      if (files.length === 0) return
      const added = await attempt(async () => shelf.add(await Promise.all(files.map(bytesOf))))
      if (!added) return
      await get().loadOwnModels()
      get().chooseTunedModel(added.id)
    },
    ownModelAsFile: (modelId, part) =>
      attempt(async () => {
        if (part === 'zip') return shelf.zip(modelId)
        const [weights, config] = await shelf.files(modelId)
        return part === 'weights' ? weights : config
      }),
  }
}
