/**
 * The engine as the page sees it: a worker, and its replacement when it dies, hangs, loses the graphics device or cannot
 * do a job on its backend. Calls keep their input here, so a call under way simply runs again in the next worker; callers
 * notice a restart only by `onEvent` and by progress that begins anew.
 */

import { throwIfCancelled, untilCancelled } from '../base/cancellation.ts'
import { ProblemError } from '../base/problem.ts'
import {
  type Attempt,
  firstAttempt,
  nextAttempt,
  startOf,
  type WorkerFailure,
} from '../worker/restart-policy.ts'
import { type FailureReport, failureOf, SupervisedWorker } from '../worker/supervised-worker.ts'
import type { EngineCalls } from './protocol.ts'
import type {
  BackendName,
  BackendReport,
  CallOptions,
  ControlRequest,
  EngineEvent,
  LoadProgress,
  PitchRequest,
  SynthesisProgress,
  SynthesisRequest,
  VocoderEngine,
} from './vocoder-engine.ts'

type Life = SupervisedWorker<EngineCalls>

export type WorkerEngineOptions = {
  /** Folder that holds `models/`; the document's base unless given. */
  readonly baseUrl?: string
  readonly createWorker?: () => Worker
  /** Seconds without a sign of life, while work is under way, after which a worker counts as hung. */
  readonly hangSeconds?: Readonly<Record<BackendName, number>>
}

const spawnWorker = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vocoder' })

/** wasm computes a chunk at one go; on webgpu the worker only waits. */
const defaultHangSeconds = { webgpu: 10, wasm: 60, cpu: 60 }

const restarting = { code: 'engine-restarting', message: 'The engine is being started anew.' }
const closed = { code: 'engine-closed', message: 'The engine was closed.' }

/** No worker runs before the first call. After a failure the next call begins anew. */
export function connectEngine(options: WorkerEngineOptions = {}): VocoderEngine {
  return new WorkerEngine(options)
}

class WorkerEngine implements VocoderEngine {
  readonly #options: WorkerEngineOptions
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  #life: Life | undefined
  #backend: BackendName | undefined
  #attempt: Attempt = firstAttempt
  /** Since the last failure, oldest first. */
  #endings: readonly WorkerFailure[] = []
  #closed = false

  constructor(options: WorkerEngineOptions) {
    this.#options = options
  }

  start({ backend }: { readonly backend?: BackendName } = {}): Promise<BackendReport> {
    if (!this.#life) this.#backend = backend
    return this.#persist((life) => life.started)
  }

  listModels() {
    return this.#persist((life) => life.call('listModels', null))
  }

  loadModel(modelId: string, options?: CallOptions<LoadProgress>) {
    return this.#persist((life) => life.call('loadModel', { modelId }, options), options?.signal)
  }

  synthesize(request: SynthesisRequest, options?: CallOptions<SynthesisProgress>) {
    return this.#finish((life) => life.call('synthesize', request, options), options?.signal)
  }

  synthesizeWithoutNetwork(request: ControlRequest, options?: CallOptions<SynthesisProgress>) {
    return this.#finish((life) => life.call('synthesizeWithoutNetwork', request, options), options?.signal)
  }

  pitch(request: PitchRequest, options?: CallOptions<never>) {
    return this.#persist((life) => life.call('pitch', request, options), options?.signal)
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.#closed = true
    this.#listeners.clear()
    this.#life?.end(closed)
  }

  /** A job whose end shows that the engine has recovered its earlier failures. */
  async #finish<Reply>(act: (life: Life) => Promise<Reply>, signal?: AbortSignal): Promise<Reply> {
    const reply = await this.#persist(act, signal)
    this.#endings = this.#endings.map((ending) => ({ ...ending, recovered: true }))
    return reply
  }

  /** Acts in one worker after the other until one of them answers. Cancelling rejects at once, whatever the worker does. */
  #persist<Reply>(act: (life: Life) => Promise<Reply>, signal?: AbortSignal): Promise<Reply> {
    const attempts = async (): Promise<Reply> => {
      for (;;) {
        throwIfCancelled(signal)
        const life = this.#currentLife()
        try {
          await life.started
          return await act(life)
        } catch (thrown) {
          const ending = failureOf(thrown)
          if (ending) this.#replace(life, ending)
          if (life.ended !== restarting) throw thrown
        }
      }
    }
    return untilCancelled(attempts(), signal)
  }

  #currentLife(): Life {
    if (this.#closed) throw new ProblemError(closed)
    this.#life ??= this.#spawn()
    return this.#life
  }

  #spawn(): Life {
    const {
      baseUrl = document.baseURI,
      createWorker = spawnWorker,
      hangSeconds = defaultHangSeconds,
    } = this.#options
    const start = { baseUrl, ...startOf(this.#attempt, this.#backend) }
    const life: Life = new SupervisedWorker({
      worker: createWorker(),
      watch: (connection, lockName, onProgress) => connection.call('watch', { lockName }, { onProgress }),
      start: (connection) => connection.call('start', start),
      hangSeconds,
      onEnding: (ending) => this.#replace(life, ending),
    })
    // A worker without a backend is of no use; the next call tries again.
    life.started.catch((thrown) => {
      if (life.ended) return
      if (this.#life === life) this.#life = undefined
      life.end(thrown instanceof ProblemError ? thrown.problem : closed)
    })
    return life
  }

  /** Ends `life` and puts another in its place, or none where going on is no use. */
  #replace(life: Life, { cause, reason }: FailureReport): void {
    if (life !== this.#life || life.ended) return
    const backend = life.backend ?? this.#backend ?? 'wasm'
    this.#endings = [...this.#endings, { cause, backend, atSeconds: performance.now() / 1000 }]
    const next = nextAttempt(this.#endings, this.#attempt)
    if (next) {
      this.#attempt = next
      life.end(restarting)
      this.#life = this.#spawn()
      this.#life.started.then(
        (report) => this.#emit({ kind: 'restarted', reason, backend: report }),
        () => {},
      )
    } else if (cause !== 'backend-unfit') {
      this.#life = undefined
      this.#attempt = firstAttempt
      this.#endings = []
      life.end({
        code: 'engine-failed',
        message: `The vocoder stopped three times without finishing. ${reason}`,
        remedy: 'Try again, with fewer steps or a shorter input; if it happens again, reload the page.',
      })
      this.#emit({ kind: 'failed', reason })
    }
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
