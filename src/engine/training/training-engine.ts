/**
 * The one interface to fine-tuning. Two implementations: in the calling thread (tests, Node) and in a worker of its own (the
 * page); one contract suite runs on both. Tensors never cross it. Every promise rejects with a `ProblemError`, or with an
 * AbortError when its signal was aborted.
 */
import type { Problem } from '../../base/problem.ts'
import type { BackendName, BackendReport, ModelSummary } from '../vocoder-engine.ts'

/** Parts of each network that can be left as they are, by what their weights' names begin with. */
export const layerGroups = {
  wavegrad: ['first_conv', 'up', 'down', 'film', 'last_conv'],
  frames: ['enter', 'blocks', 'leave'],
} as const satisfies Record<ModelSummary['architecture'], readonly string[]>
export type LayerGroup = (typeof layerGroups)[keyof typeof layerGroups][number]

export type TrainingSettings = {
  readonly objective: 'wavegrad' | 'infergrad'
  /** N of the infer loss, drawn anew for each step from these; a single one specialises the model. */
  readonly processSteps: readonly number[]
  /** Of the infer loss: the model's own schedules, or betas drawn around them. */
  readonly schedule: 'own' | 'drawn'
  /** WaveGrad's loss within InferGrad's; 0 leaves it, and its cost, out. */
  readonly wavegradWeight: number
  /** Lambda, of the multi-resolution STFT loss of what N steps make of noise. */
  readonly inferWeight: number
  /** Of the mean |log-mel difference| of the same output; as the infer loss it sees it before the prior's corrections. */
  readonly melWeight: number
  readonly steps: number
  readonly learningRate: number
  readonly warmupSteps: number
  /** Crops per step. */
  readonly batch: number
  /** A multiple of the model's hop. */
  readonly cropSamples: number
  /** Unsigned 32-bit integer: same seed, data and backend, same losses. */
  readonly seed: number
  readonly emaDecay: number
  /** The gradient is scaled down to this norm. */
  readonly largestGradientNorm: number
  readonly frozen: readonly LayerGroup[]
  readonly evaluateEverySteps: number
  readonly snapshotEverySteps: number
}

/** Mono, at any rate; `samples` nominally in [-1, 1]. */
export type TrainingClip = {
  readonly name: string
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
}

export type TrainingRequest = {
  /** The model to start from, as `VocoderEngine.listModels` names it. */
  readonly modelId: string
  /** Of the model that will come of it, for people. */
  readonly name: string
  readonly clips: readonly TrainingClip[]
  readonly settings: TrainingSettings
  /** A file that `checkpointFile` gave: go on from there, with its settings but for `steps`. */
  readonly checkpoint?: Uint8Array<ArrayBuffer>
}

/** Of a model on the held-out speech, by the averaged weights, on the same noise each time. Lower is better. */
export type HeldOutFigures = {
  /** Mean |difference| of log-mels, nats: of what the network itself makes, before any correction by the prior. */
  readonly networkMelErrorNats: number
  /** The same of the output as it is deployed, corrections and all; they leave the network little say in it. */
  readonly melErrorNats: number
  /** Multi-resolution STFT error of the deployed output, as the scorer has it; the best model has the lowest. */
  readonly stftError: number
}

/** What a session went through before it was cut off. */
export type TrainingHistory = {
  /** Steps done, ascending from 1. */
  readonly steps: readonly number[]
  /** `loss` and each term by name, one value per step; NaN where a step had none. */
  readonly values: Readonly<Record<string, readonly number[]>>
  /** Of step 0, the model before, and on. */
  readonly evaluations: readonly { readonly step: number; readonly figures: HeldOutFigures }[]
}

export type TrainingPhase = 'preparing' | 'running' | 'paused' | 'waiting' | 'finishing'

export type TrainingEvent =
  /** The data is cut and the weights are there; again after each restart. */
  | {
      readonly kind: 'started'
      readonly sessionId: string
      /** Steps that are done already; 0 for a new session. */
      readonly step: number
      /** Of those; absent for a new session. */
      readonly history?: TrainingHistory
      /** In force: those of the checkpoint where there is one. */
      readonly settings: TrainingSettings
      readonly backend: BackendReport
      readonly trainingSeconds: number
      readonly heldOutSeconds: number
      /** What snapshots are made of: a piece of the held-out recording. */
      readonly heldOut: TrainingClip
      /** What was odd but no reason to refuse: clips that clip, that were silent and left out. */
      readonly notes: readonly string[]
    }
  /** `waiting` while a synthesis has the processor; `paused` with a problem where it paused of itself. */
  | { readonly kind: 'phase'; readonly phase: TrainingPhase; readonly problem?: Problem }
  | {
      readonly kind: 'step'
      /** Steps done, this one included. */
      readonly step: number
      readonly steps: number
      readonly loss: number
      /** Unweighted, by name: `wavegrad`, `stft`, `mel`. */
      readonly terms: Readonly<Record<string, number>>
      readonly gradientNorm: number
      readonly learningRate: number
      /** Median of the latest steps. */
      readonly secondsPerStep: number
      /** Steps and evaluations. */
      readonly remainingSeconds: number
    }
  | {
      readonly kind: 'evaluation'
      readonly step: number
      readonly figures: HeldOutFigures
      readonly best: boolean
    }
  /** The held-out piece by the averaged weights, on the same noise as every other; step 0 is the model before. */
  | { readonly kind: 'snapshot'; readonly step: number; readonly clip: TrainingClip }
  | {
      readonly kind: 'checkpoint'
      readonly step: number
      readonly bytes: number
      readonly keptIn: 'disk' | 'memory'
    }
  /** The worker or its device was lost, and the session went on from a checkpoint. */
  | {
      readonly kind: 'restarted'
      readonly reason: string
      readonly step: number
      readonly backend: BackendName
    }

export type TrainingResult = {
  readonly ended: 'finished' | 'stopped' | 'diverged'
  /** Why, where it diverged, and what to lower. */
  readonly problem?: Problem
  readonly step: number
  /** Of the weights that were kept. */
  readonly bestStep: number
  readonly before: HeldOutFigures
  readonly after: HeldOutFigures
  /** Stored among the user's models: the best of what was trained, though `before` may be better; absent where no step was taken. */
  readonly model?: ModelSummary
}

export type UnfinishedSession = {
  readonly sessionId: string
  readonly name: string
  readonly modelId: string
  readonly step: number
  readonly steps: number
  /** ISO 8601. */
  readonly savedAt: string
  readonly bytes: number
}

export type TrainingOptions = { readonly onEvent?: (event: TrainingEvent) => void }

export interface TrainingEngine {
  /** What a reload or a crash cut off, if its checkpoint can still be read. */
  unfinished(): Promise<UnfinishedSession | undefined>
  /**
   * Resolves when the session has ended. One at a time, in all tabs: rejects with `training-elsewhere` otherwise; with
   * `speech-too-short`, `speech-silent`, `checkpoint-of-another-model` and other problems of its input before the first step.
   */
  start(request: TrainingRequest, options?: TrainingOptions): Promise<TrainingResult>
  /** Goes on from the last checkpoint of a session that `unfinished` named. */
  resumeSession(sessionId: string, options?: TrainingOptions): Promise<TrainingResult>
  /** Within one step. */
  pause(): void
  resume(): void
  /** Within one step; the session then resolves with the best weights. */
  stop(): void
  /** Lets no step begin until the function returned is called: a synthesis has the processor meanwhile. */
  hold(): () => void
  /** Weights, averages, moments and history of a session, running or not, as one safetensors file. */
  checkpointFile(sessionId: string): Promise<Uint8Array<ArrayBuffer>>
  discard(sessionId: string): Promise<void>
  dispose(): void
}
