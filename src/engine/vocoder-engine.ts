/**
 * The interface to the vocoder. One implementation runs in the calling thread (tests, Node) and one in a worker (the
 * page); one contract suite tests both. Tensors never cross it. Every promise rejects with a `ProblemError`, or with an
 * AbortError if its signal was aborted.
 */
import type { MelCorrections } from '../base/mel-corrections.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import type { PitchTrack } from '../dsp/signals/pitch-track.ts'
import type { CallOptions } from '../worker/rpc.ts'

export type { CallOptions } from '../worker/rpc.ts'

export type BackendName = 'webgpu' | 'wasm' | 'cpu'

export type BackendReport = {
  readonly name: BackendName
  /** A description for people, such as "WebGPU on NVIDIA ..." or "WebAssembly, SIMD, 2 threads". */
  readonly detail: string
  /** True when WebGPU is a software adapter: correct, but slow. */
  readonly software: boolean
  /** Preferred backends that were not used, each with the reason. */
  readonly skipped: readonly { readonly name: BackendName; readonly reason: string }[]
}

export type ModelSchedule = { readonly betas: readonly number[]; readonly found: string }

/** The part of a model's `config.json` that the page needs. */
export type ModelSummary = {
  readonly id: string
  /** Whether the model is published with the page or belongs to the user (models/user-models.ts). */
  readonly origin: 'published' | 'user'
  /** The name that the user gave the model; published models have none. */
  readonly name?: string
  /** The time at which a user's model was stored, ISO 8601. */
  readonly createdAt?: string
  readonly objective: 'wavegrad' | 'infergrad'
  /** The network: WaveGrad's blocks on the waveform, or blocks on Fourier frames that take the pitch as an input. */
  readonly architecture: 'wavegrad' | 'frames'
  readonly size: string
  readonly parameters: number
  readonly mel: MelConvention
  /** The hash of the weights in lower-case hexadecimal; it identifies the exact weights. */
  readonly weightsSha256: string
  readonly prior: 'standard' | 'energy' | 'spectral'
  /** The model's default mel corrections, from its configuration; none unless it uses the spectral prior. */
  readonly corrections: MelCorrections
  /** Whether voiced corrections are possible: they need the voicing that a network on frames estimates. */
  readonly correctsVoiced: boolean
  /** The prediction target, as in diffusion/prediction.ts. */
  readonly prediction: 'noise' | 'v' | 'endpoint'
  /** The best known schedule for each number of steps. */
  readonly schedules: Readonly<Record<string, ModelSchedule>>
}

export type LoadProgress = { readonly loadedBytes: number; readonly totalBytes: number }

export type SynthesisRequest = {
  readonly modelId: string
  readonly mel: MelSpectrogram
  /** beta_1 .. beta_N, each in (0, 1), in ascending n; N is at most 1,000. */
  readonly betas: readonly number[]
  /** Unsigned 32-bit integer. The same seed gives the same noise on every backend. */
  readonly seed: number
  /** Corrections after the last step and in every estimate; at most 100. Only the spectral prior uses them. */
  readonly corrections: MelCorrections
  /**
   * Whether the result includes the model's estimate of the waveform at each step. A request with more than 12 betas is
   * then refused with `estimates-too-many`.
   */
  readonly estimates?: boolean
}

export type StreamRequest = Omit<SynthesisRequest, 'estimates'>

/** Samples of the result from number `startSample`. */
export type WaveformPiece = { readonly startSample: number; readonly samples: Float32Array<ArrayBuffer> }

/** A request for the control. It has no schedule, because its result does not depend on steps. */
export type ControlRequest = Pick<SynthesisRequest, 'modelId' | 'mel' | 'seed' | 'corrections'>

export type SynthesisProgress = {
  /** The work that is done, in whole steps of the reverse process, out of `steps`. */
  readonly step: number
  readonly steps: number
  /** From 0 to 1 over the whole job, including chunks within a step. */
  readonly fraction: number
  /**
   * The next samples of `stream`; the receiver owns them. A piece that starts at sample 0 again means that the job has
   * started over, for instance on another backend; the pieces before it are void.
   */
  readonly piece?: WaveformPiece
}

/** How a result was made. */
export type SynthesisReport = {
  readonly sampleRateHz: number
  readonly elapsedSeconds: number
  readonly backend: BackendName
}

export type SynthesisResult = SynthesisReport & {
  /** Samples in [-1, 1]; their number is frames x hop samples. */
  readonly samples: Float32Array<ArrayBuffer>
  /**
   * N + 1 waveforms like `samples`, if the request asked for them. The first is the network's input, y_N with any
   * pulses added to it, as the prior colours it. Number k is the network's estimate of the clean waveform at its k-th
   * step, (y_n - sqrt(1 - alpha-bar_n) eps) / sqrt(alpha-bar_n) with n = N - k + 1, as the prior colours and corrects
   * it. The last is `samples` itself, the same array.
   */
  readonly estimates?: readonly Float32Array<ArrayBuffer>[]
}

export type PitchRequest = { readonly modelId: string; readonly mel: MelSpectrogram }

/** An event that is not the reply to a call; `onEvent` listeners receive it. */
export type EngineEvent =
  | { readonly kind: 'restarted'; readonly reason: string; readonly backend: BackendReport }
  | { readonly kind: 'failed'; readonly reason: string }

export interface VocoderEngine {
  /** Chooses a backend by self-test, or uses the requested one. Calling it again has no effect. */
  start(options?: { readonly backend?: BackendName }): Promise<BackendReport>
  /** Lists the available models without loading their weights, also while the backend starts. */
  listModels(): Promise<readonly ModelSummary[]>
  /**
   * Downloads, checks and uploads a model's weights. Downloads begin at once, also while the backend starts, a job runs
   * or another download is in progress. Resolves at once if the weights are already loaded.
   */
  loadModel(modelId: string, options?: CallOptions<LoadProgress>): Promise<ModelSummary>
  /** Loads the model if needed, then runs the reverse process. Jobs run one after the other. */
  synthesize(request: SynthesisRequest, options?: CallOptions<SynthesisProgress>): Promise<SynthesisResult>
  /**
   * Makes the samples of `synthesize` from the first to the last. The progress brings them in pieces, so that the
   * beginning can be heard while the rest is computed, and the engine keeps none of them.
   */
  stream(request: StreamRequest, options?: CallOptions<SynthesisProgress>): Promise<SynthesisReport>
  /**
   * Makes the control: the network's input passed through the model's prior, without any evaluation of the network. If
   * the network's input is noise alone, it is the noise of a one-step process. Its progress has no steps.
   */
  synthesizeWithoutNetwork(
    request: ControlRequest,
    options?: CallOptions<SynthesisProgress>,
  ): Promise<SynthesisResult>
  /**
   * Predicts the pitch of a mel with the model, one value per frame; undefined if the network does not take the pitch
   * as an input. Loads the model if needed, and waits for the jobs before it.
   */
  pitch(request: PitchRequest, options?: CallOptions<never>): Promise<PitchTrack | undefined>
  /** Adds a listener; returns the function that removes it. */
  onEvent(listener: (event: EngineEvent) => void): () => void
  dispose(): void
}
