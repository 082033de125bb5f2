/** The models that the engine lists, and which of them are loaded. */
import { ProblemError } from '../../base/problem.ts'
import type { LoadProgress } from '../../engine/vocoder-engine.ts'
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
  /** Ends the downloads that no synthesis has asked for, by model id. */
  const cancels = new Map<string, () => void>()

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
          message: 'The vocoder is not running, so the file cannot be opened.',
          remedy: 'Start it again first: reload the page, or press “Try again” beside the reason.',
        })
      },
      async load(modelId, signal) {
        if (get().models.loadedIds.includes(modelId)) return
        // After a failure the engine is restarted on demand.
        if (get().synthesis.engine.state === 'failed') await actions.synthesis.reviveEngine()
        const onProgress = (progress: LoadProgress) =>
          set(({ loads }) => ({ loads: { ...loads, [modelId]: progress } }))
        try {
          onProgress({ loadedBytes: 0, totalBytes: 0 })
          await engine.loadModel(modelId, { signal, onProgress })
          set(({ loadedIds }) => ({ loadedIds: [...loadedIds.filter((id) => id !== modelId), modelId] }))
          actions.problems.dismissWhere(
            ({ retry }) => retry?.kind === 'load-model' && retry.modelId === modelId,
          )
        } finally {
          set(({ loads: { [modelId]: _, ...loads } }) => ({ loads }))
        }
      },
      async tryLoad(modelId) {
        const controller = new AbortController()
        cancels.set(modelId, () => controller.abort())
        try {
          await actions.models.load(modelId, controller.signal)
        } catch (thrown) {
          await actions.synthesis.engineStarted()
          // Without an engine the page already shows why there are no models.
          if (get().synthesis.engine.state === 'ready')
            actions.problems.report(thrown, { kind: 'load-model', modelId })
        } finally {
          cancels.delete(modelId)
        }
      },
      cancelLoad: (modelId) => cancels.get(modelId)?.(),
      async loadChosen() {
        const { all, chosenId } = get().models
        const tuned = all.filter(({ id }) => id === chosenId)
        // Synthesis begins with InferGrad, so its download begins first.
        const chosen = [...modelsOfSize(all, get().synthesis.settings.size).toReversed(), ...tuned]
        await Promise.all(chosen.map(({ id }) => actions.models.tryLoad(id)))
      },
    },
  }
}
