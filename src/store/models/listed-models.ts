/** The models that the engine lists, and which of them are loaded. */
import { ProblemError } from '../../base/problem.ts'
import type { LoadProgress } from '../../engine/vocoder-engine.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { infergradFirst, modelsOfSize } from '../synthesis/settings.ts'
import type { ListedModelsActions, ListedModelsState } from './models-state.ts'

export function createListedModels({
  get,
  set,
  actions,
  services: { engine },
  watch,
}: SliceContext<'models'>): Slice<ListedModelsState, ListedModelsActions> {
  /** The loads that no synthesis has asked for; a model may have several. */
  const tries = new Set<{ readonly modelId: string; readonly controller: AbortController }>()

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
          if (!get().models.loads[modelId]) onProgress({ loadedBytes: 0, totalBytes: 0 })
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
        const own = { modelId, controller: new AbortController() }
        tries.add(own)
        try {
          await actions.models.load(modelId, own.controller.signal)
        } catch (thrown) {
          await actions.synthesis.engineStarted()
          // Without an engine the page already shows why there are no models.
          if (get().synthesis.engine.state === 'ready')
            actions.problems.report(thrown, { kind: 'load-model', modelId })
        } finally {
          tries.delete(own)
        }
      },
      cancelLoad(modelId) {
        for (const one of tries) if (one.modelId === modelId) one.controller.abort()
      },
      async loadChosen() {
        const { all, chosenId } = get().models
        const tuned = all.filter(({ id }) => id === chosenId)
        const ofSize = modelsOfSize(all, get().synthesis.settings.size)
        const inOrder = infergradFirst(ofSize, ({ objective }) => objective === 'infergrad')
        await Promise.all([...inOrder, ...tuned].map(({ id }) => actions.models.tryLoad(id)))
      },
    },
  }
}
