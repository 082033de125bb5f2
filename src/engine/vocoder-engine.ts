/**
 * The one interface to the vocoder. It has two implementations, one in the calling thread (tests, Node) and one in a worker
 * (the page), and one contract suite runs on both. Tensors never cross it. Every promise rejects with a `ProblemError`, or
 * with an AbortError when its signal was aborted.
 */
import type { MelCorrections } from '../base/mel-corrections.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { PitchTrack } from '../dsp/pitch-track.ts'
import type { CallOptions } from '../worker/rpc.ts'

export type { CallOptions } from '../worker/rpc.ts'

export type BackendName = 'webgpu' | 'wasm' | 'cpu'

export type BackendReport = {
  readonly name: BackendName
  /** For people: "WebGPU on NVIDIA ...", "WebAssembly, SIMD, 2 threads". */
  readonly detail: string
  /** True when WebGPU is a software adapter: correct, but slow. */
  readonly software: boolean
  /** Backends that would have come first, each with the reason why it was not taken. */
  readonly skipped: readonly { readonly name: BackendName; readonly reason: string }[]
}

export type ModelSchedule = { readonly betas: readonly number[]; readonly found: string }

/** The part of a model's `config.json` that the page needs. */
export type ModelSummary = {
  readonly id: string
  /** Published beside the page, or the user's own (models/user-models.ts). */
  readonly origin: 'published' | 'shelf'
  /** The name that the user gave; published models have none. */
  readonly name?: string
  /** When a user's own model was stored, ISO 8601. */
  readonly createdAt?: string
  readonly objective: 'wavegrad' | 'infergrad'
  /** Names the network: WaveGrad's blocks on the waveform, or blocks on Fourier frames that are given the pitch. */
  readonly architecture: 'wavegrad' | 'frames'
  readonly size: string
  readonly parameters: number
  readonly mel: MelConvention
  /** Lower-case hexadecimal; identifies the exact weights. */
  readonly weightsSha256: string
  readonly prior: 'standard' | 'energy' | 'spectral'
  /** The model's own mel corrections, from its configuration; none unless its prior is the spectral one. */
  readonly corrections: MelCorrections
  /** As in diffusion/prediction.ts. */
  readonly prediction: 'noise' | 'v' | 'endpoint'
  /** The best known schedule for each number of steps. */
  readonly schedules: Readonly<Record<string, ModelSchedule>>
}

export type LoadProgress = { readonly loadedBytes: number; readonly totalBytes: number }

export type SynthesisRequest = {
  readonly modelId: string
  readonly mel: MelSpectrogram
  /** beta_1 .. beta_N, each in (0, 1), in ascending n; at most 1,000 of them. */
  readonly betas: readonly number[]
  /** Unsigned 32-bit integer. The same seed gives the same noise on every backend. */
  readonly seed: number
  /** Applied after the last step, and to every estimate; at most 100. Priors other than the spectral one ignore them. */
  readonly corrections: MelCorrections
  /**
   * Whether the result holds the model's estimate of the waveform at each step. With more than 12 betas the request is refused
   * with `estimates-too-many`.
   */
  readonly estimates?: boolean
}

/** It has no schedule, because nothing in it depends on steps. */
export type ControlRequest = Pick<SynthesisRequest, 'modelId' | 'mel' | 'seed' | 'corrections'>

export type SynthesisProgress = {
  /** The number of steps of the reverse process that are done, out of `steps`. */
  readonly step: number
  readonly steps: number
  /** From 0 to 1 over the whole job; chunks within a step count. */
  readonly fraction: number
}

export type SynthesisResult = {
  /** In [-1, 1]; frames x hop samples. */
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
  readonly elapsedSeconds: number
  readonly backend: BackendName
  /**
   * N + 1 waveforms like `samples`, where the request asked for them. The first is the network's input, y_N with the pulses in
   * it if there are any, as the prior colours it. Number k is the network's estimate of the clean waveform at its k-th step,
   * (y_n - sqrt(1 - alpha-bar_n) eps) / sqrt(alpha-bar_n) with n = N - k + 1, as the prior colours and corrects it. The last
   * is `samples` itself, the same array.
   */
  readonly estimates?: readonly Float32Array<ArrayBuffer>[]
}

export type PitchRequest = { readonly modelId: string; readonly mel: MelSpectrogram }

/** An event that no call asked for; `onEvent` listeners hear it. */
export type EngineEvent =
  | { readonly kind: 'restarted'; readonly reason: string; readonly backend: BackendReport }
  | { readonly kind: 'failed'; readonly reason: string }

export interface VocoderEngine {
  /** Chooses a backend by self-test, or takes the one asked for. It is idempotent. */
  start(options?: { readonly backend?: BackendName }): Promise<BackendReport>
  /** Lists the models that are there, without loading their weights. */
  listModels(): Promise<readonly ModelSummary[]>
  /** Downloads, checks and uploads a model's weights. It resolves at once where that was done before. */
  loadModel(modelId: string, options?: CallOptions<LoadProgress>): Promise<ModelSummary>
  /** Loads the model where needed, then runs the reverse process. Jobs run one after the other. */
  synthesize(request: SynthesisRequest, options?: CallOptions<SynthesisProgress>): Promise<SynthesisResult>
  /**
   * Makes the control: the network's input, passed through the model's prior without any evaluation of the network. Where the
   * network is given noise alone, that is the noise of a process of one step. Its progress has no steps.
   */
  synthesizeWithoutNetwork(
    request: ControlRequest,
    options?: CallOptions<SynthesisProgress>,
  ): Promise<SynthesisResult>
  /**
   * Reads the pitch that the model finds in a mel, one value per frame; undefined where the model is not given its pitch. It
   * loads the model where needed, and waits for the jobs before it.
   */
  pitch(request: PitchRequest, options?: CallOptions<never>): Promise<PitchTrack | undefined>
  /** Returns the function that stops listening. */
  onEvent(listener: (event: EngineEvent) => void): () => void
  dispose(): void
}
