/**
 * The engine in the calling thread. The worker and tests in Node run it; a page that called it directly would freeze
 * while it computes. It does not survive a lost graphics device: the supervisor then starts another worker.
 */

import { letMessagesIn, throwIfCancelled } from '../base/cancellation.ts'
import { type Problem, ProblemError } from '../base/problem.ts'
import type { PitchTrack } from '../dsp/signals/pitch-track.ts'
import { trimBufferPool } from '../kernels/webgpu/buffer-pool.ts'
import { Vocoder } from '../model/vocoder.ts'
import { JobQueue } from '../worker/job-queue.ts'
import { type BackendOptions, type ChosenBackend, chooseBackend } from './backends/backends.ts'
import { deviceLost } from './backends/device-problems.ts'
import {
  type CatalogOptions,
  catalogOf,
  type ModelCatalog,
  type ModelFiles,
  summaryOf,
} from './models/models.ts'
import { SharedDownloads } from './models/shared-downloads.ts'
import { chunkFramesLadder } from './restart-rules.ts'
import { checkCorrections } from './synthesis/checks/check-corrections.ts'
import { checkMel } from './synthesis/checks/check-request.ts'
import { blamingMel } from './synthesis/checks/check-waveform.ts'
import { compileJob } from './synthesis/compile-job.ts'
import { onDevice } from './synthesis/computed.ts'
import { synthesizeWithoutNetwork } from './synthesis/control.ts'
import { deviceNetwork } from './synthesis/device-network.ts'
import { readPitch } from './synthesis/read-pitch.ts'
import { chunkScale, type SynthesisOptions, stream, synthesize } from './synthesis/synthesis.ts'
import { windowNetwork } from './synthesis/windows/window-evaluator.ts'
import type { WindowNetwork } from './synthesis/windows/window-network.ts'
import type {
  BackendName,
  CallOptions,
  ControlRequest,
  EngineEvent,
  LoadProgress,
  PitchRequest,
  SynthesisProgress,
  SynthesisReport,
  SynthesisRequest,
  SynthesisResult,
  VocoderEngine,
} from './vocoder-engine.ts'

/** Jobs of the same length reuse the GPU's buffers; those of past lengths may take this much. */
const maxPooledBytes = 256 * 2 ** 20

type Limits = Pick<SynthesisOptions, 'chunkFrames'>

export type EngineOptions = Omit<BackendOptions, 'backend'> &
  CatalogOptions & {
    /** Maximum number of frames per chunk; 256 by default. */
    readonly maxChunkFrames?: number
  }

/** Creates the engine. tfjs has one backend at a time per thread, so a thread should have only one engine. */
export function createEngine(options: EngineOptions): VocoderEngine {
  return new InThreadEngine(options)
}

class InThreadEngine implements VocoderEngine {
  readonly #options: EngineOptions
  readonly #catalog: ModelCatalog
  readonly #queue = new JobQueue()
  readonly #downloads: SharedDownloads<ModelFiles>
  readonly #models = new Map<string, Vocoder>()
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  #started: Promise<ChosenBackend> | undefined
  #chunkFrames: number
  /** The reason why the engine accepts no more jobs. */
  #ended: Problem | undefined

  constructor(options: EngineOptions) {
    this.#options = options
    this.#chunkFrames = options.maxChunkFrames ?? chunkFramesLadder[0]
    this.#catalog = catalogOf(options)
    this.#downloads = new SharedDownloads((modelId, call) => this.#catalog.files(modelId, call))
  }

  readonly start: VocoderEngine['start'] = async ({ backend } = {}) => (await this.#start(backend)).report

  readonly listModels: VocoderEngine['listModels'] = () => this.#catalog.list()

  readonly loadModel: VocoderEngine['loadModel'] = async (modelId, options = {}) =>
    summaryOf((await this.#load(modelId, options)).config)

  readonly synthesize: VocoderEngine['synthesize'] = (request, options = {}) =>
    this.#withModel(request.modelId, options.signal, (model) => this.#synthesize(model, request, options))

  readonly stream: VocoderEngine['stream'] = (request, { signal, onProgress } = {}) =>
    this.#withModel(request.modelId, signal, (model) =>
      this.#timed(model, request, signal, async (network, limits) => {
        await stream(network, request, { ...limits, signal, onProgress })
        return {}
      }),
    )

  readonly synthesizeWithoutNetwork: VocoderEngine['synthesizeWithoutNetwork'] = (request, options = {}) =>
    this.#withModel(request.modelId, options.signal, (model) =>
      this.#synthesizeWithoutNetwork(model, request, options),
    )

  readonly pitch: VocoderEngine['pitch'] = (request, options = {}) =>
    this.#withModel(request.modelId, options.signal, (model) => this.#pitch(model, request, options))

  readonly onEvent: VocoderEngine['onEvent'] = (listener) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.#ended ??= { code: 'engine-closed', message: 'The engine was closed.' }
    this.#listeners.clear()
    // The models are disposed of after the job in progress, which may still use them.
    this.#queue.run(async () => {
      for (const model of this.#models.values()) model.dispose()
      this.#models.clear()
      const chosen = await this.#started?.catch(() => undefined)
      chosen?.gpu?.close()
    })
  }

  #start(backend?: BackendName): Promise<ChosenBackend> {
    this.#started ??= this.#chooseBackend(backend)
    return this.#started
  }

  async #chooseBackend(backend?: BackendName): Promise<ChosenBackend> {
    try {
      const chosen = await chooseBackend({ ...this.#options, backend })
      chosen.gpu?.lost.then((reason) => {
        this.#ended ??= deviceLost(reason).problem
        for (const listener of this.#listeners) listener({ kind: 'failed', reason })
      })
      return chosen
    } catch (thrown) {
      this.#started = undefined
      throw thrown
    }
  }

  /** Runs a job in its turn, once its model is loaded; a download holds no other job. */
  async #withModel<Result>(
    modelId: string,
    signal: AbortSignal | undefined,
    job: (model: Vocoder) => Promise<Result>,
  ): Promise<Result> {
    const model = await this.#load(modelId, { signal })
    return this.#queue.run(() => job(model), signal)
  }

  /**
   * Downloads the model's files while the backend starts, uploads the weights, and compiles the programs of jobs, unless
   * that was done before.
   */
  async #load(modelId: string, options: CallOptions<LoadProgress>): Promise<Vocoder> {
    this.#throwIfEnded()
    const loaded = this.#models.get(modelId)
    if (loaded) return loaded
    const startFailed = new AbortController()
    const signals = options.signal ? [options.signal, startFailed.signal] : [startFailed.signal]
    const files = this.#downloads.get(modelId, { ...options, signal: AbortSignal.any(signals) })
    files.catch(() => {})
    let gpu: ChosenBackend['gpu']
    try {
      gpu = (await this.#start()).gpu
      this.#throwIfEnded()
    } catch (thrown) {
      // The failed start is reported, and nobody waits for the download any more.
      startFailed.abort()
      throw thrown
    }
    const { config, tensors } = await files
    return this.#queue.run(async () => {
      this.#throwIfEnded()
      const earlier = this.#models.get(modelId)
      if (earlier) return earlier
      const model = Vocoder.create(config, tensors)
      this.#models.set(modelId, model)
      await onDevice(gpu, () => compileJob(model))
      return model
    }, options.signal)
  }

  async #synthesize(
    model: Vocoder,
    request: SynthesisRequest,
    { signal, onProgress }: CallOptions<SynthesisProgress>,
  ): Promise<SynthesisResult> {
    return this.#timed(model, request, signal, async (network, limits) => {
      // An attempt that runs out of memory starts over, so each attempt has its own list.
      const earlier: Float32Array<ArrayBuffer>[] = []
      const onEstimate = request.estimates
        ? (waveform: Float32Array<ArrayBuffer>) => earlier.push(waveform)
        : undefined
      const samples = await synthesize(network, request, { ...limits, signal, onProgress, onEstimate })
      return { samples, ...(request.estimates && { estimates: [...earlier, samples] }) }
    })
  }

  async #pitch(
    model: Vocoder,
    { mel }: PitchRequest,
    { signal }: CallOptions<never>,
  ): Promise<PitchTrack | undefined> {
    const { report, gpu } = await this.#start()
    const network = windowNetwork(model, gpu)
    checkMel(network, mel)
    const { pitch } = network
    if (!pitch) return undefined
    const betweenWindows = async () => {
      await letMessagesIn()
      throwIfCancelled(signal)
    }
    return this.#inChunks(chunkScale(report.name, model.config), signal, (limits) =>
      readPitch(pitch, mel, { ...limits, betweenWindows }),
    )
  }

  /** Runs `work`, and again in smaller chunks if it runs out of memory. */
  async #inChunks<Result>(
    scale: number,
    signal: AbortSignal | undefined,
    work: (limits: Limits) => Promise<Result>,
  ): Promise<Result> {
    for (;;) {
      throwIfCancelled(signal)
      this.#throwIfEnded()
      try {
        return await work({ chunkFrames: this.#chunkFrames * scale })
      } catch (thrown) {
        if (!this.#halveChunk(thrown)) throw thrown
        trimBufferPool(0)
      } finally {
        trimBufferPool(maxPooledBytes)
      }
    }
  }

  async #synthesizeWithoutNetwork(
    model: Vocoder,
    request: ControlRequest,
    { signal, onProgress }: CallOptions<SynthesisProgress>,
  ): Promise<SynthesisResult> {
    return this.#timed(model, request, signal, async (network, limits) => ({
      samples: await synthesizeWithoutNetwork(network, request, { ...limits, signal, onProgress }),
    }))
  }

  /** Calls `make` with the network of `model` for the request, and adds the rate, the time that it took, and the backend. */
  async #timed<Made>(
    model: Vocoder,
    request: ControlRequest,
    signal: AbortSignal | undefined,
    make: <Signal>(network: WindowNetwork<Signal>, limits: Limits) => Promise<Made>,
  ): Promise<Made & SynthesisReport> {
    const { report, gpu } = await this.#start()
    checkCorrections(request.corrections, model.correctsVoiced)
    const { corrections } = request
    const startedAt = performance.now()
    const { mel } = model.config
    try {
      return await this.#inChunks(chunkScale(report.name, model.config), signal, async (limits) => ({
        ...(await (gpu
          ? make(deviceNetwork(model, gpu, limits, corrections), limits)
          : make(windowNetwork(model, gpu, { ...limits, corrections }), limits))),
        sampleRateHz: mel.sampleRateHz,
        elapsedSeconds: (performance.now() - startedAt) / 1000,
        backend: report.name,
      }))
    } catch (thrown) {
      throw blamingMel(thrown, request.mel, mel)
    }
  }

  /**
   * Halves the chunk size if `thrown` means that memory ran out. Returns false if it does not, or at the smallest size.
   */
  #halveChunk(thrown: unknown): boolean {
    if (!(thrown instanceof ProblemError) || thrown.problem.code !== 'out-of-memory') return false
    const smaller = chunkFramesLadder.find((frames) => frames < this.#chunkFrames)
    if (!smaller) return false
    this.#chunkFrames = smaller
    return true
  }

  #throwIfEnded(): void {
    if (this.#ended) throw new ProblemError(this.#ended)
  }
}
