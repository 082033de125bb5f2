/** The models that the engine lists, and which of them are loaded. */
import { ProblemError } from '../../base/problem.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { modelsOfSize } from '../synthesis/settings.ts'
import type { ListedModelsActions, ListedModelsState } from './models-state.ts'

export function createListedModels({
  get,
  set,
  actions,
  services: { engine },
  watch,
}: SliceContext<'models'>): Slice<ListedModelsState, ListedModelsActions> {
  watch(
    ({ synthesis }) => synthesis.settings.size,
    () => {
      if (get().synthesis.engine.state === 'ready') void actions.models.loadChosen()
    },
  )

  return {
    state: { all: [], loads: {}, loadedIds: [] },
    actions: {
      show: (all) => set({ all }),
      forgetLoaded: () => set({ loadedIds: [], loads: {} }),
      async list() {
        await actions.synthesis.engineStarted()
        // Without an engine the page already shows why there are no models.
        if (get().synthesis.engine.state === 'ready') set({ all: await engine.listModels() })
      },
      async convention() {
        await actions.synthesis.engineStarted()
        const model = modelsOfSize(get().models.all, get().synthesis.settings.size)[0]
        if (model) return model.mel
        throw new ProblemError({
          code: 'engine-not-running',
          message: 'The vocoder is not running, so nothing can be opened for it.',
          remedy: 'Start it again first: reload the page, or press “Try again” beside the reason.',
        })
      },
      async load(modelId, signal) {
        if (get().models.loadedIds.includes(modelId)) return
        // After a failure the engine is restarted on demand.
        if (get().synthesis.engine.state === 'failed') await actions.synthesis.reviveEngine()
        try {
          await engine.loadModel(modelId, {
            signal,
            onProgress: (progress) => set(({ loads }) => ({ loads: { ...loads, [modelId]: progress } })),
          })
          set(({ loadedIds }) => ({ loadedIds: [...loadedIds.filter((id) => id !== modelId), modelId] }))
        } finally {
          set(({ loads: { [modelId]: _, ...loads } }) => ({ loads }))
        }
      },
      async loadChosen() {
        const { all, chosenId } = get().models
        const tuned = all.filter(({ id }) => id === chosenId)
        // The engine downloads in this order; synthesis begins with the first.
        const chosen = [...modelsOfSize(all, get().synthesis.settings.size).toReversed(), ...tuned]
        await Promise.all(
          chosen.map(async ({ id }) => {
            try {
              await actions.models.load(id)
            } catch (thrown) {
              await actions.synthesis.engineStarted()
              // Without an engine the page already shows why there are no models.
              if (get().synthesis.engine.state === 'ready')
                actions.problems.report(thrown, { kind: 'load-models' })
            }
          }),
        )
      },
    },
  }
}
