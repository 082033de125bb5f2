/** The engine for the page: every call runs in a worker, and runs again in another one if that worker fails. */
import type { CallOptions } from '../worker/rpc.ts'
import { WorkerSupervisor } from '../worker/supervisor.ts'
import type { EngineCalls } from './protocol.ts'
import { type Attempt, startOptions, toFailure, vocoderPolicy } from './restart-rules.ts'
import type {
  BackendName,
  BackendReport,
  ControlRequest,
  EngineEvent,
  LoadProgress,
  PitchRequest,
  SynthesisProgress,
  SynthesisRequest,
  VocoderEngine,
} from './vocoder-engine.ts'

export type WorkerEngineOptions = {
  /** Folder that holds `models/`; the document's base unless given. */
  readonly baseUrl?: string
  readonly createWorker?: () => Worker
  /** Seconds without a heartbeat, while work is under way, after which a worker counts as hung. */
  readonly hangSeconds?: Readonly<Record<BackendName, number>>
}

const spawnWorker = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vocoder' })

/** On wasm a chunk is computed without a pause; on webgpu the worker only waits. */
const defaultHangSeconds = { webgpu: 10, wasm: 60, cpu: 60 }

/** No worker runs before the first call. Where the engine gave up, the next call begins with a new worker. */
export function connectEngine(options: WorkerEngineOptions = {}): VocoderEngine {
  return new WorkerEngine(options)
}

class WorkerEngine implements VocoderEngine {
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  readonly #supervisor: WorkerSupervisor<EngineCalls, BackendReport, Attempt>
  /** The backend that `start` asked for. */
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

  start({ backend }: { readonly backend?: BackendName } = {}): Promise<BackendReport> {
    if (!this.#supervisor.worker) this.#backend = backend
    return this.#supervisor.run((worker) => worker.started)
  }

  listModels() {
    return this.#supervisor.call('listModels', null)
  }

  loadModel(modelId: string, options?: CallOptions<LoadProgress>) {
    return this.#supervisor.call('loadModel', { modelId }, options)
  }

  synthesize(request: SynthesisRequest, options?: CallOptions<SynthesisProgress>) {
    return this.#finish(this.#supervisor.call('synthesize', request, options))
  }

  synthesizeWithoutNetwork(request: ControlRequest, options?: CallOptions<SynthesisProgress>) {
    return this.#finish(this.#supervisor.call('synthesizeWithoutNetwork', request, options))
  }

  pitch(request: PitchRequest, options?: CallOptions<never>) {
    return this.#supervisor.call('pitch', request, options)
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.#listeners.clear()
    this.#supervisor.close({ code: 'engine-closed', message: 'The engine was closed.' })
  }

  /** The end of a job shows that the engine has recovered from its earlier failures. */
  async #finish<Result>(job: Promise<Result>): Promise<Result> {
    const result = await job
    this.#supervisor.markRecovered()
    return result
  }
}
