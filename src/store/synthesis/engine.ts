/** The state of the vocoder for the page: whether it runs, and on which backend. */
import { ProblemError, toProblem } from '../../base/problem.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { modelsOfSize, publishedModels } from './settings.ts'
import type { EngineActions, EngineState } from './synthesis-state.ts'

export function createEngine({
  get,
  set,
  actions,
  services: { engine },
}: SliceContext<'synthesis'>): Slice<EngineState, EngineActions> {
  engine.onEvent((event) => {
    // A new worker has no weights; the next synthesis loads them again.
    actions.models.forgetLoaded()
    if (event.kind === 'restarted') {
      set({ engine: { state: 'ready', backend: event.backend } })
      actions.problems.note(`The vocoder was started again, and its work began again. ${event.reason}`)
    } else {
      set({ engine: { state: 'failed', reason: event.reason } })
      // The problem of a job in progress has the same code and replaces this one.
      const problem = {
        code: 'engine-failed',
        message: `The vocoder stopped: ${event.reason}`,
        remedy: 'Start it again, or reload the page. Your takes are still here.',
      }
      actions.problems.report(new ProblemError(problem), { kind: 'start-engine' })
    }
  })

  let starting: Promise<void> = Promise.resolve()
  let chosenLoaded: Promise<void> | undefined

  function startOptions() {
    const { backend } = get().synthesis.settings
    return backend && { backend }
  }

  /** Lists the models and downloads their weights while the backend starts. */
  async function start(): Promise<void> {
    set({ engine: { state: 'starting' } })
    try {
      const backendStarted = engine.start(startOptions())
      backendStarted.catch(() => {})
      const models = await engine.listModels()
      const { size } = get().synthesis.settings
      const [first] = publishedModels(models)
      if (first && modelsOfSize(models, size).length === 0) {
        actions.problems.note(`There is no model of size “${size}”; “${first.size}” is used.`)
        actions.synthesis.changeSettings({ size: first.size })
      }
      actions.models.show(models)
      chosenLoaded = actions.models.loadChosen()
      set({ engine: { state: 'ready', backend: await backendStarted } })
    } catch (thrown) {
      set({ engine: { state: 'failed', reason: toProblem(thrown).message } })
      actions.problems.report(thrown, { kind: 'start-engine' })
    }
  }

  return {
    state: { engine: { state: 'starting' } },
    actions: {
      async startEngine() {
        starting = start()
        await starting
        await chosenLoaded
      },
      engineStarted: () => starting,
      async reviveEngine() {
        set({ engine: { state: 'ready', backend: await engine.start(startOptions()) } })
      },
    },
  }
}
