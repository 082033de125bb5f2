/**
 * The interface to fine-tuning. One implementation runs in the calling thread (tests, Node) and one in a worker of its
 * own (the page); one contract suite tests both. Tensors never cross it. Every promise rejects with a `ProblemError`,
 * or with an AbortError if its signal was aborted.
 */
import type { Problem } from '../../base/problem.ts'
import type { BackendName, BackendReport, ModelSummary } from '../vocoder-engine.ts'

/** Parts of each network that can be frozen, by the prefixes of their weights' names. */
export const layerGroups = {
  wavegrad: ['first_conv', 'up', 'down', 'film', 'last_conv'],
  frames: ['enter', 'blocks', 'leave'],
} as const satisfies Record<ModelSummary['architecture'], readonly string[]>
export type LayerGroup = (typeof layerGroups)[keyof typeof layerGroups][number]

export type TrainingSettings = {
  readonly objective: 'wavegrad' | 'infergrad'
  /** Choices of N for the infer loss; each step draws one of them. A single choice specialises the model. */
  readonly processSteps: readonly number[]
  /** Schedules of the infer loss: the model's own, or betas drawn around them. */
  readonly schedule: 'own' | 'drawn'
  /** Weight of WaveGrad's loss within InferGrad's; 0 omits the loss and its cost. */
  readonly wavegradWeight: number
  /** Lambda, the weight of the multi-resolution STFT loss of the output of N steps from noise. */
  readonly inferWeight: number
  /**
   * Weight of the mean |log-mel difference| of the same output; like the infer loss it uses the output before the
   * prior's corrections.
   */
  readonly melWeight: number
  readonly steps: number
  readonly learningRate: number
  readonly warmupSteps: number
  /** Number of crops per step. */
  readonly batch: number
  /** Length of a crop, a multiple of the model's hop. */
  readonly cropSamples: number
  /** Unsigned 32-bit integer: the same seed, data and backend give the same losses. */
  readonly seed: number
  readonly emaDecay: number
  /** Gradients with a larger norm are scaled down to this one. */
  readonly maxGradientNorm: number
  readonly frozen: readonly LayerGroup[]
  readonly evaluateEverySteps: number
  readonly snapshotEverySteps: number
}

/** A mono recording at any sampling rate; `samples` nominally in [-1, 1]. */
export type TrainingClip = {
  readonly name: string
  readonly samples: Float32Array<ArrayBuffer>
  readonly sampleRateHz: number
}

export type TrainingRequest = {
  /** Id of the model to start from, as `VocoderEngine.listModels` gives it. */
  readonly modelId: string
  /** Name of the resulting model, for people. */
  readonly name: string
  readonly clips: readonly TrainingClip[]
  readonly settings: TrainingSettings
  /** A file from `checkpointFile` to resume from; all settings except `steps` come from it. */
  readonly checkpoint?: Uint8Array<ArrayBuffer>
}

/** Figures of a model's averaged weights on the held-out speech, with the same noise each time. Lower is better. */
export type HeldOutFigures = {
  /** Mean |difference| of log-mels, in nats, of the output of the network alone, before the prior's corrections. */
  readonly networkMelErrorNats: number
  /** The same for the deployed output, with corrections; these largely determine it, whatever the network does. */
  readonly melErrorNats: number
  /** Multi-resolution STFT error of the deployed output, as the scorer computes it; the best model has the lowest. */
  readonly stftError: number
}

/** The history of a session before it was interrupted. */
export type TrainingHistory = {
  /** Numbers of finished steps, ascending from 1. */
  readonly steps: readonly number[]
  /** `loss` and each term by name, one value per step; NaN if a step had none. */
  readonly values: Readonly<Record<string, readonly number[]>>
  /** Evaluations from step 0, the base model, on. */
  readonly evaluations: readonly { readonly step: number; readonly figures: HeldOutFigures }[]
}

export type TrainingPhase = 'preparing' | 'running' | 'paused' | 'waiting' | 'finishing'

export type TrainingEvent =
  /** The data is cut and the weights are loaded. Sent again after each restart. */
  | {
      readonly kind: 'started'
      readonly sessionId: string
      /** Number of steps already done; 0 for a new session. */
      readonly step: number
      /** History of those steps; absent for a new session. */
      readonly history?: TrainingHistory
      /** The settings in force: those of the checkpoint if there is one. */
      readonly settings: TrainingSettings
      readonly backend: BackendReport
      readonly trainingSeconds: number
      readonly heldOutSeconds: number
      /** The piece of the held-out recording from which snapshots are made. */
      readonly heldOut: TrainingClip
      /**
       * Irregularities that are no reason to refuse: clips with clipped samples, and silent clips that were left out.
       */
      readonly notes: readonly string[]
    }
  /** `waiting` while a synthesis uses the processor; `paused` has a problem if the session paused itself. */
  | { readonly kind: 'phase'; readonly phase: TrainingPhase; readonly problem?: Problem }
  | {
      readonly kind: 'step'
      /** Number of steps done, including this one. */
      readonly step: number
      readonly steps: number
      readonly loss: number
      /** Unweighted loss terms by name: `wavegrad`, `stft`, `mel`. */
      readonly terms: Readonly<Record<string, number>>
      readonly gradientNorm: number
      readonly learningRate: number
      /** Median duration of the latest steps. */
      readonly secondsPerStep: number
      /** Estimated duration of the remaining steps and evaluations. */
      readonly remainingSeconds: number
    }
  | {
      readonly kind: 'evaluation'
      readonly step: number
      readonly figures: HeldOutFigures
      readonly best: boolean
    }
  /**
   * The held-out piece by the averaged weights, with the same noise as all other snapshots; step 0 is the base model.
   */
  | { readonly kind: 'snapshot'; readonly step: number; readonly clip: TrainingClip }
  | {
      readonly kind: 'checkpoint'
      readonly step: number
      readonly bytes: number
      readonly keptIn: 'disk' | 'memory'
      /** The step that a reload of the page would go back to; absent if it would find no checkpoint. */
      readonly reloadStep?: number
    }
  /** The worker or its device was lost, and the session has resumed from a checkpoint. */
  | {
      readonly kind: 'restarted'
      readonly reason: string
      readonly step: number
      readonly backend: BackendName
    }

export type TrainingResult = {
  readonly ended: 'finished' | 'stopped' | 'diverged'
  /** The reason why the session diverged, and the setting to lower; absent if it did not diverge. */
  readonly problem?: Problem
  readonly step: number
  /** The step whose weights were stored. */
  readonly bestStep: number
  readonly before: HeldOutFigures
  readonly after: HeldOutFigures
  /** The best fine-tuned model, stored even if the base model (`before`) is better; absent if no step was taken. */
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
  /** A reload loses what is kept in memory. */
  readonly keptIn: 'disk' | 'memory'
}

export type TrainingOptions = { readonly onEvent?: (event: TrainingEvent) => void }

export interface TrainingEngine {
  /** Returns the session that a reload or a crash interrupted, if its checkpoint can still be read. */
  unfinished(): Promise<UnfinishedSession | undefined>
  /**
   * Resolves when the session has ended. Only one session can run in all tabs together: otherwise it rejects with
   * `training-elsewhere`. It rejects before the first step with `speech-too-short`, `speech-silent`,
   * `checkpoint-of-another-model` and other problems of its input.
   */
  start(request: TrainingRequest, options?: TrainingOptions): Promise<TrainingResult>
  /** Resumes from the last checkpoint of a session that `unfinished` returned. */
  resumeSession(sessionId: string, options?: TrainingOptions): Promise<TrainingResult>
  /** Takes effect within one step. */
  pause(): void
  resume(): void
  /** Takes effect within one step; `start` then resolves with the best weights. */
  stop(): void
  /**
   * Prevents further steps until the returned function is called, for instance while a synthesis uses the processor.
   */
  hold(): () => void
  /** Returns weights, averages, moments and history of a session, running or not, as one safetensors file. */
  checkpointFile(sessionId: string): Promise<Uint8Array<ArrayBuffer>>
  discard(sessionId: string): Promise<void>
  dispose(): void
}
