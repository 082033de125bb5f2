/** The engine's state as the page shows it: backend, models, downloads. */
import { ProblemError, toProblem } from '../../base/problem.ts'
import type { Services } from '../services.ts'
import type { EngineSlice, GetState, SetState } from '../state.ts'
import { modelsOfSize, publishedModels } from './settings.ts'

export function createEngineSlice(set: SetState, get: GetState, { engine }: Services): EngineSlice {
  engine.onEvent((event) => {
    if (event.kind === 'restarted') {
      // The new worker has no weights: they load again with the next synthesis.
      const note = `The vocoder was started again, and what was under way began anew. ${event.reason}`
      set(({ notes }) => ({
        engine: { state: 'ready', backend: event.backend },
        loadedModels: [],
        loads: {},
        notes: [...notes.filter((one) => one !== note), note],
      }))
    } else {
      set({ engine: { state: 'failed', reason: event.reason }, loadedModels: [], loads: {} })
      // The problem of a job under way has the same code, and takes the place of this one.
      const problem = {
        code: 'engine-failed',
        message: `The vocoder stopped: ${event.reason}`,
        remedy: 'Start it again, or reload the page; what is on the page is still here.',
      }
      get().report(new ProblemError(problem), { kind: 'start-engine' })
    }
  })

  let starting: Promise<void> = Promise.resolve()

  function startOptions() {
    const { backend } = get().settings
    return backend && { backend }
  }

  async function start(): Promise<void> {
    set({ engine: { state: 'starting' } })
    try {
      const report = await engine.start(startOptions())
      const models = await engine.listModels()
      const { size } = get().settings
      const [first] = publishedModels(models)
      if (first && modelsOfSize(models, size).length === 0) {
        const other = first.size
        set(({ notes }) => ({
          notes: [...notes, `There is no model of size “${size}”; “${other}” is used.`],
        }))
        get().changeSettings({ size: other })
      }
      set({ engine: { state: 'ready', backend: report }, models })
    } catch (thrown) {
      set({ engine: { state: 'failed', reason: toProblem(thrown).message } })
      get().report(thrown, { kind: 'start-engine' })
    }
  }

  return {
    engine: { state: 'starting' },
    models: [],
    loads: {},
    loadedModels: [],
    async startEngine() {
      starting = start()
      await starting
      await get().loadModels()
    },
    engineStarted: () => starting,
    async modelConvention() {
      await starting
      const { models, settings } = get()
      const model = modelsOfSize(models, settings.size)[0]
      if (model) return model.mel
      throw new ProblemError({
        code: 'engine-not-running',
        message: 'The vocoder is not running, so nothing can be opened for it.',
        remedy: 'Start it again first: reload the page, or press “Try again” beside the reason.',
      })
    },
    async listModels() {
      await starting
      // Without an engine the page already says why there are none.
      if (get().engine.state === 'ready') set({ models: await engine.listModels() })
    },
    async loadModels() {
      const { models, settings, userModelId } = get()
      const tuned = models.filter(({ id }) => id === userModelId)
      for (const { id } of [...modelsOfSize(models, settings.size), ...tuned]) {
        try {
          await get().loadModel(id)
        } catch (thrown) {
          get().report(thrown, { kind: 'load-models' })
        }
      }
    },
    async loadModel(modelId, signal) {
      if (get().loadedModels.includes(modelId)) return
      if (get().engine.state === 'failed') {
        // After a failure the engine begins anew when it is asked.
        set({ engine: { state: 'ready', backend: await engine.start(startOptions()) } })
      }
      try {
        await engine.loadModel(modelId, {
          signal,
          onProgress: (progress) => set(({ loads }) => ({ loads: { ...loads, [modelId]: progress } })),
        })
        set(({ loadedModels }) => ({
          loadedModels: [...loadedModels.filter((id) => id !== modelId), modelId],
        }))
      } finally {
        set(({ loads: { [modelId]: _, ...loads } }) => ({ loads }))
      }
    },
  }
}
