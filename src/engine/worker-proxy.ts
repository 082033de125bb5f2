/** The engine for the page: every call runs in a worker, and runs again in another if that worker fails. */
import { WorkerSupervisor } from '../worker/supervisor.ts'
import type { EngineCalls } from './protocol.ts'
import { type Attempt, startOptions, toFailure, vocoderPolicy } from './restart-rules.ts'
import type { BackendName, BackendReport, EngineEvent, VocoderEngine } from './vocoder-engine.ts'

export type WorkerEngineOptions = {
  /** URL of the folder that holds `models/`; the document's base by default. */
  readonly baseUrl?: string
  readonly createWorker?: () => Worker
  /** Seconds without a heartbeat, during a call, after which a worker counts as hung. */
  readonly hangSeconds?: Readonly<Record<BackendName, number>>
}

const spawnWorker = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vocoder' })

/** On wasm and cpu a chunk is computed without a pause; on webgpu the worker mostly waits. */
const defaultHangSeconds = { webgpu: 10, wasm: 60, cpu: 60 }

/** Connects to the engine. The first call starts a worker; after the engine gave up, the next call starts a new one. */
export function connectEngine(options: WorkerEngineOptions = {}): VocoderEngine {
  return new WorkerEngine(options)
}

class WorkerEngine implements VocoderEngine {
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  readonly #supervisor: WorkerSupervisor<EngineCalls, BackendReport, Attempt>
  /** The backend that was requested with `start`. */
  #backend: BackendName | undefined

  constructor({
    baseUrl,
    createWorker = spawnWorker,
    hangSeconds = defaultHangSeconds,
  }: WorkerEngineOptions) {
    this.#supervisor = new WorkerSupervisor({
      createWorker,
      watch: (connection, payload, options) => connection.call('watch', payload, options),
      start: (connection, attempt) =>
        connection.call('start', startOptions(attempt, { baseUrl, backend: this.#backend })),
      hangSeconds,
      policy: vocoderPolicy,
      presumedBackend: () => this.#backend ?? 'wasm',
      toFailure,
      giveUpProblem: (reason) => ({
        code: 'engine-failed',
        message: `The vocoder stopped three times without finishing. ${reason}`,
        remedy: 'Try again, with fewer steps or a shorter input; if it happens again, reload the page.',
      }),
      onEvent: (event) => {
        for (const listener of this.#listeners) listener(event)
      },
    })
  }

  readonly start: VocoderEngine['start'] = ({ backend } = {}) => {
    if (!this.#supervisor.worker) this.#backend = backend
    return this.#supervisor.run((worker) => worker.started)
  }

  readonly listModels: VocoderEngine['listModels'] = () => this.#supervisor.callAtOnce('listModels', null)

  readonly loadModel: VocoderEngine['loadModel'] = (modelId, options) =>
    this.#supervisor.callAtOnce('loadModel', { modelId }, options)

  readonly synthesize: VocoderEngine['synthesize'] = (request, options) =>
    this.#finish(this.#supervisor.call('synthesize', request, options))

  readonly stream: VocoderEngine['stream'] = (request, options) =>
    this.#finish(this.#supervisor.call('stream', request, options))

  readonly synthesizeWithoutNetwork: VocoderEngine['synthesizeWithoutNetwork'] = (request, options) =>
    this.#finish(this.#supervisor.call('synthesizeWithoutNetwork', request, options))

  readonly pitch: VocoderEngine['pitch'] = (request, options) =>
    this.#supervisor.call('pitch', request, options)

  readonly onEvent: VocoderEngine['onEvent'] = (listener) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.#listeners.clear()
    this.#supervisor.close({ code: 'engine-closed', message: 'The engine was closed.' })
  }

  /** Awaits a job; its end shows that the engine has recovered from earlier failures. */
  async #finish<Result>(job: Promise<Result>): Promise<Result> {
    const result = await job
    this.#supervisor.markRecovered()
    return result
  }
}
