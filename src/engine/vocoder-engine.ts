/**
 * The one interface to the vocoder. Two implementations: in the calling thread (tests, Node) and in a worker (the page);
 * one contract suite runs on both. Tensors never cross it. Every promise rejects with a `ProblemError`, or with an
 * AbortError when its signal was aborted.
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

/** What the page needs to know of a model; read from its `config.json`. */
export type ModelSummary = {
  readonly id: string
  /** Published beside the page, or the user's own (models/user-models.ts). */
  readonly origin: 'published' | 'shelf'
  /** The name that the user gave to a model of their own. */
  readonly name?: string
  /** When a user's own model was stored, ISO 8601. */
  readonly createdAt?: string
  readonly objective: 'wavegrad' | 'infergrad'
  /** Names the network: WaveGrad's blocks on the waveform, or blocks on Fourier frames that are given the pitch. */
  readonly architecture: 'wavegrad' | 'frames'
  readonly size: string
  readonly parameters: number
  readonly mel: MelConvention
  /** Lower-case hexadecimal; names the very weights. */
  readonly weightsSha256: string
  readonly prior: 'standard' | 'energy' | 'spectral'
  /** Its own mel corrections, from its configuration; none where the prior is not the spectral one. */
  readonly corrections: MelCorrections
  /** As in diffusion/prediction.ts. */
  readonly prediction: 'noise' | 'v' | 'endpoint'
  /** Best known schedule per number of steps. */
  readonly schedules: Readonly<Record<string, ModelSchedule>>
}

export type LoadProgress = { readonly loadedBytes: number; readonly totalBytes: number }

export type SynthesisRequest = {
  readonly modelId: string
  readonly mel: MelSpectrogram
  /** beta_1 .. beta_N, each in (0, 1), in ascending n; at most 1,000 of them. */
  readonly betas: readonly number[]
  /** Unsigned 32-bit integer. Same seed, same noise, whatever the backend. */
  readonly seed: number
  /** After the last step, and of every estimate; up to 100. Only the spectral prior has any: another one ignores them. */
  readonly corrections: MelCorrections
  /**
   * Whether the result is to hold what the model thought of the waveform on the way; with at most 12 betas, or it is refused
   * with `estimates-too-many`.
   */
  readonly estimates?: boolean
}

/** Without schedule: nothing of it depends on steps. */
export type ControlRequest = Pick<SynthesisRequest, 'modelId' | 'mel' | 'seed' | 'corrections'>

export type SynthesisProgress = {
  /** Steps of the reverse process that are done, of `steps`. */
  readonly step: number
  readonly steps: number
  /** 0..1 over the whole job, chunks within a step included. */
  readonly fraction: number
}

export type SynthesisResult = {
  /** In [-1, 1]; frames x hop samples. */
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
  readonly elapsedSeconds: number
  readonly backend: BackendName
  /**
   * Where they were asked for: N + 1 waveforms like `samples`. The first is what goes into the network, y_N with the pulses in
   * it if there are any, as the prior colours it; number k is what the network takes for the clean waveform at its k-th step,
   * (y_n - sqrt(1 - alpha-bar_n) eps) / sqrt(alpha-bar_n) with n = N - k + 1, as the prior colours and corrects it; the last is `samples` itself, the same array.
   */
  readonly estimates?: readonly Float32Array<ArrayBuffer>[]
}

export type PitchRequest = { readonly modelId: string; readonly mel: MelSpectrogram }

/** What happens to the engine of itself: told to `onEvent`. */
export type EngineEvent =
  | { readonly kind: 'restarted'; readonly reason: string; readonly backend: BackendReport }
  | { readonly kind: 'failed'; readonly reason: string }

export interface VocoderEngine {
  /** Chooses a backend by self-test, or takes the one asked for. Idempotent; must precede the other calls. */
  start(options?: { readonly backend?: BackendName }): Promise<BackendReport>
  /** Ids and summaries of the models that are there, without their weights. */
  listModels(): Promise<readonly ModelSummary[]>
  /** Downloads, checks and uploads a model's weights; at once where that was done before. */
  loadModel(modelId: string, options?: CallOptions<LoadProgress>): Promise<ModelSummary>
  /** Loads the model where needed, then runs the reverse process. Jobs run one after the other. */
  synthesize(request: SynthesisRequest, options?: CallOptions<SynthesisProgress>): Promise<SynthesisResult>
  /**
   * The control: what goes into the model's network, through the model's prior, without any evaluation of the network. Where
   * the network is given noise alone, that is the noise of a process of one step. Progress has no steps.
   */
  synthesizeWithoutNetwork(
    request: ControlRequest,
    options?: CallOptions<SynthesisProgress>,
  ): Promise<SynthesisResult>
  /**
   * The pitch that the model hears in a mel, a value per frame; undefined of a model that is not given its pitch. Loads the
   * model where needed; takes its turn among the jobs.
   */
  pitch(request: PitchRequest, options?: CallOptions<never>): Promise<PitchTrack | undefined>
  /** Returns the function that stops listening. */
  onEvent(listener: (event: EngineEvent) => void): () => void
  dispose(): void
}
