/** The user's own models: list, choice for listening, rename, export, import, and deletion with undo. */
import type { UserModel } from '../../engine/models/user-models.ts'
import { bytesOf } from '../file-bytes.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { UserModelsActions, UserModelsState } from './models-state.ts'

export const undoSeconds = 8

export function createUserModels({
  get,
  set,
  actions,
  services: { userModels },
}: SliceContext<'models'>): Slice<UserModelsState, UserModelsActions> {
  let removal: ReturnType<typeof setTimeout> | undefined

  async function attempt<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await act()
    } catch (thrown) {
      actions.problems.report(thrown)
      return undefined
    }
  }

  /** Removes a deleted model for good. */
  async function remove(deleted: UserModel): Promise<void> {
    clearTimeout(removal)
    if (get().models.deleted?.id === deleted.id) set({ deleted: undefined })
    await attempt(() => userModels.remove(deleted.id))
    await actions.models.listUserModels()
  }

  return {
    state: { userModels: [] },
    actions: {
      async listUserModels() {
        await attempt(async () => {
          const [stored] = await Promise.all([userModels.list(), actions.models.list()])
          set(({ deleted }) => ({ userModels: stored.filter(({ id }) => id !== deleted?.id) }))
        })
      },
      choose(chosenId) {
        if (chosenId === get().models.chosenId) return
        set({ chosenId })
        void actions.models.loadChosen()
      },
      async rename(modelId, name) {
        await attempt(() => userModels.rename(modelId, name))
        await actions.models.listUserModels()
      },
      delete(modelId) {
        const { userModels: listed, deleted, chosenId } = get().models
        const model = listed.find(({ id }) => id === modelId)
        if (!model) return
        if (deleted) void remove(deleted)
        if (chosenId === modelId) actions.models.choose(undefined)
        set({ userModels: listed.filter((one) => one !== model), deleted: model })
        removal = setTimeout(() => void remove(model), undoSeconds * 1000)
      },
      undoDelete() {
        clearTimeout(removal)
        set({ deleted: undefined })
        void actions.models.listUserModels()
      },
      async importFiles(files) {
        if (files.length === 0) return
        const added = await attempt(async () => userModels.add(await Promise.all(files.map(bytesOf))))
        if (!added) return
        await actions.models.listUserModels()
        actions.models.choose(added.id)
      },
      asFile: (modelId, part) =>
        attempt(async () => {
          if (part === 'zip') return userModels.zip(modelId)
          const [weights, config] = await userModels.files(modelId)
          return part === 'weights' ? weights : config
        }),
    },
  }
}
