/**
 * The engine in the calling thread. The worker and tests in Node run it; a page that called it directly would freeze
 * while it computes. It does not survive a lost graphics device: the supervisor then starts another worker.
 */

import { letMessagesIn, throwIfCancelled } from '../base/cancellation.ts'
import { type Problem, ProblemError } from '../base/problem.ts'
import type { PitchTrack } from '../dsp/pitch-track.ts'
import { Vocoder } from '../model/vocoder.ts'
import { type BackendOptions, type ChosenBackend, chooseBackend } from './backends/backends.ts'
import { deviceLost } from './backends/device-problems.ts'
import { JobQueue } from './job-queue.ts'
import { ModelDownloads } from './models/model-downloads.ts'
import {
  type CatalogOptions,
  catalogOf,
  type ModelCatalog,
  type ModelFiles,
  summaryOf,
} from './models/models.ts'
import { chunkFramesLadder } from './restart-rules.ts'
import { checkCorrections } from './synthesis/check-corrections.ts'
import { readPitch } from './synthesis/read-pitch.ts'
import {
  checkMel,
  type SynthesisOptions,
  synthesize,
  synthesizeWithoutNetwork,
  windowMultiples,
} from './synthesis/synthesis.ts'
import { windowNetwork } from './synthesis/window-evaluator.ts'
import type {
  BackendName,
  BackendReport,
  CallOptions,
  ControlRequest,
  EngineEvent,
  LoadProgress,
  ModelSummary,
  PitchRequest,
  SynthesisProgress,
  SynthesisRequest,
  SynthesisResult,
  VocoderEngine,
} from './vocoder-engine.ts'

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
  readonly #downloads: ModelDownloads
  readonly #queue = new JobQueue()
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
    this.#downloads = new ModelDownloads(this.#catalog)
  }

  async start({ backend }: { readonly backend?: BackendName } = {}): Promise<BackendReport> {
    return (await this.#start(backend)).report
  }

  listModels(): Promise<readonly ModelSummary[]> {
    return this.#catalog.list()
  }

  loadModel(modelId: string, options: CallOptions<LoadProgress> = {}): Promise<ModelSummary> {
    const files = this.#models.has(modelId) ? undefined : this.#downloads.files(modelId, options)
    // The job below reports a failure, if it is not cancelled before its turn.
    files?.catch(() => {})
    return this.#queue.run(
      async () => summaryOf((await this.#load(modelId, options, files)).config),
      options.signal,
    )
  }

  synthesize(
    request: SynthesisRequest,
    options: CallOptions<SynthesisProgress> = {},
  ): Promise<SynthesisResult> {
    return this.#queue.run(() => this.#synthesize(request, options), options.signal)
  }

  synthesizeWithoutNetwork(
    request: ControlRequest,
    options: CallOptions<SynthesisProgress> = {},
  ): Promise<SynthesisResult> {
    return this.#queue.run(() => this.#synthesizeWithoutNetwork(request, options), options.signal)
  }

  pitch(request: PitchRequest, options: CallOptions<never> = {}): Promise<PitchTrack | undefined> {
    return this.#queue.run(() => this.#pitch(request, options), options.signal)
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
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

  /** Downloads the model's files, unless they are given, and uploads the weights, unless that was done before. */
  async #load(
    modelId: string,
    options: CallOptions<LoadProgress>,
    files?: Promise<ModelFiles>,
  ): Promise<Vocoder> {
    await this.#start()
    this.#throwIfEnded()
    const loaded = this.#models.get(modelId)
    if (loaded) return loaded
    const { config, tensors } = await (files ?? this.#downloads.files(modelId, options))
    const model = Vocoder.create(config, tensors)
    this.#models.set(modelId, model)
    return model
  }

  async #synthesize(
    request: SynthesisRequest,
    { signal, onProgress }: CallOptions<SynthesisProgress>,
  ): Promise<SynthesisResult> {
    const { report, gpu } = await this.#start()
    checkCorrections(request.corrections)
    const model = await this.#load(request.modelId, { signal })
    const network = windowNetwork(model, gpu, request.corrections)
    const startedAt = performance.now()
    return this.#inChunks(report.name, signal, async (limits) => {
      // An attempt that runs out of memory starts over, so each attempt has its own list.
      const earlier: Float32Array<ArrayBuffer>[] = []
      const onEstimate = request.estimates
        ? (waveform: Float32Array<ArrayBuffer>) => earlier.push(waveform)
        : undefined
      const samples = await synthesize(network, request, { ...limits, signal, onProgress, onEstimate })
      return {
        samples,
        ...(request.estimates && { estimates: [...earlier, samples] }),
        sampleRateHz: model.config.mel.sampleRateHz,
        elapsedSeconds: (performance.now() - startedAt) / 1000,
        backend: report.name,
      }
    })
  }

  async #pitch(
    { modelId, mel }: PitchRequest,
    { signal }: CallOptions<never>,
  ): Promise<PitchTrack | undefined> {
    const { report, gpu } = await this.#start()
    const network = windowNetwork(await this.#load(modelId, { signal }), gpu)
    checkMel(network, mel)
    const { pitch } = network
    if (!pitch) return undefined
    const betweenWindows = async () => {
      await letMessagesIn()
      throwIfCancelled(signal)
    }
    return this.#inChunks(report.name, signal, (limits) =>
      readPitch(pitch, mel, { ...limits, betweenWindows }),
    )
  }

  /** Runs `work`, and again in smaller chunks if it runs out of memory. */
  async #inChunks<Result>(
    backend: BackendName,
    signal: AbortSignal | undefined,
    work: (limits: Pick<SynthesisOptions, 'chunkFrames' | 'windowMultiple'>) => Promise<Result>,
  ): Promise<Result> {
    for (;;) {
      throwIfCancelled(signal)
      this.#throwIfEnded()
      try {
        return await work({ chunkFrames: this.#chunkFrames, windowMultiple: windowMultiples[backend] })
      } catch (thrown) {
        if (!this.#halveChunk(thrown)) throw thrown
      }
    }
  }

  async #synthesizeWithoutNetwork(
    request: ControlRequest,
    { signal, onProgress }: CallOptions<SynthesisProgress>,
  ): Promise<SynthesisResult> {
    const { report, gpu } = await this.#start()
    checkCorrections(request.corrections)
    const model = await this.#load(request.modelId, { signal })
    const network = windowNetwork(model, gpu, request.corrections)
    const startedAt = performance.now()
    return this.#inChunks(report.name, signal, async (limits) => ({
      samples: await synthesizeWithoutNetwork(network, request, { ...limits, signal, onProgress }),
      sampleRateHz: model.config.mel.sampleRateHz,
      elapsedSeconds: (performance.now() - startedAt) / 1000,
      backend: report.name,
    }))
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
