/** The user's own models: listed, chosen for listening, named, exported, imported, and deleted with time to think again. */
import type { UserModel } from '../../engine/models/user-models.ts'
import { bytesOf } from '../file-bytes.ts'
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import { currentTake, removeTake } from '../takes/takes.ts'
import type { UserModelsSlice } from './fine-tune-state.ts'

export const undoSeconds = 8

export function createUserModelsSlice(set: SetState, get: GetState, services: Services): UserModelsSlice {
  const { userModels } = services
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
  async function remove(deleted: UserModel): Promise<void> {
    clearTimeout(removal)
    if (get().deletedModel?.id === deleted.id) set({ deletedModel: undefined })
    await attempt(() => userModels.remove(deleted.id))
    await get().loadUserModels()
  }

  return {
    userModels: [],
    async loadUserModels() {
      await attempt(async () => {
        const [stored] = await Promise.all([userModels.list(), get().listModels()])
        set(({ deletedModel }) => ({ userModels: stored.filter(({ id }) => id !== deletedModel?.id) }))
      })
    },
    chooseUserModel(userModelId) {
      if (userModelId === get().userModelId) return
      set({ userModelId })
      // Under the name of another model the take would be taken for that one's.
      const tuned = currentTake(get().takes, 'tuned')
      if (tuned) removeTake(set, get, services, tuned.id)
      void get().loadModels()
    },
    async renameUserModel(modelId, name) {
      await attempt(() => userModels.rename(modelId, name))
      await get().loadUserModels()
    },
    deleteUserModel(modelId) {
      const { userModels: listed, deletedModel, userModelId } = get()
      const model = listed.find(({ id }) => id === modelId)
      if (!model) return
      if (deletedModel) void remove(deletedModel)
      if (userModelId === modelId) get().chooseUserModel(undefined)
      set({ userModels: listed.filter((one) => one !== model), deletedModel: model })
      removal = setTimeout(() => void remove(model), undoSeconds * 1000)
    },
    undoDelete() {
      clearTimeout(removal)
      set({ deletedModel: undefined })
      void get().loadUserModels()
    },
    async importModel(files) {
      if (files.length === 0) return
      const added = await attempt(async () => userModels.add(await Promise.all(files.map(bytesOf))))
      if (!added) return
      await get().loadUserModels()
      get().chooseUserModel(added.id)
    },
    userModelAsFile: (modelId, part) =>
      attempt(async () => {
        if (part === 'zip') return userModels.zip(modelId)
        const [weights, config] = await userModels.files(modelId)
        return part === 'weights' ? weights : config
      }),
  }
}
