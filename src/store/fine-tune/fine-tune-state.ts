/** What the page knows of fine-tuning, in plain values and ids; the slices are built beside this file. */
import type { Problem } from '../../base/problem.ts'
import type { UserModel } from '../../engine/models/user-models.ts'
import type {
  HeldOutFigures,
  TrainingPhase,
  TrainingResult,
  UnfinishedSession,
} from '../../engine/training/training-engine.ts'
import type { BackendReport } from '../../engine/vocoder-engine.ts'
import type { NamedBytes } from '../file-bytes.ts'
import type { LossCurves } from './loss-curves.ts'
import type { TrainingPreset, TrainingSettings } from './training-settings.ts'

/** A recording to learn from; its samples are in the clip library under `id`. */
export type VoiceClip = {
  readonly id: string
  readonly name: string
  readonly durationSeconds: number
  /** Where it came from, so that nothing is added twice and the model can be named. */
  readonly origin: 'file' | 'microphone' | 'source' | 'example'
}

export type VoiceSlice = {
  readonly voice: readonly VoiceClip[]
  /** Names what is being read, while it is. */
  readonly voiceOpening?: string
  /** Audio files of any number; what is refused is reported, the others are added. */
  readonly addVoiceFiles: (files: readonly File[]) => Promise<void>
  /** The recording that is among the page's takes. */
  readonly addSourceToVoice: () => void
  /** A clip from the microphone. */
  readonly addRecordingToVoice: (clip: {
    readonly samples: Float32Array<ArrayBuffer>
    readonly sampleRateHz: number
  }) => void
  /** The bundled voice takes the place of what was there. */
  readonly useExampleVoice: () => Promise<void>
  readonly removeVoiceClip: (clipId: string) => void
  readonly clearVoice: () => void
}

export type TrainingSettingsSlice = {
  readonly trainingPreset: TrainingPreset
  readonly trainingSettings: TrainingSettings
  /** Set where the user chose one; else the published model of the preset's objective and the page's size. */
  readonly trainingModelId?: string
  /** Set where the user typed one; else made of the voice and the date. */
  readonly trainingName?: string
  /** A checkpoint file to go on from; its bytes are the slice's. */
  readonly checkpointName?: string
  /** What “Reset” replaced, so that it can be taken back. */
  readonly resetSettings?: TrainingSettings
  readonly choosePreset: (preset: TrainingPreset) => void
  readonly changeTrainingSettings: (change: Partial<TrainingSettings>) => void
  readonly resetTrainingSettings: () => void
  readonly undoReset: () => void
  readonly chooseTrainingModel: (modelId: string | undefined) => void
  readonly nameTraining: (name: string | undefined) => void
  readonly chooseCheckpoint: (file: File | undefined) => Promise<void>
}

export type Evaluation = { readonly step: number; readonly figures: HeldOutFigures }

/** A session under way, or one that has ended and is still on show. */
export type TrainingSession = {
  readonly phase: TrainingPhase | 'ended'
  /** Asked for, and due when the step under way has ended. */
  readonly asked?: 'pause' | 'resume' | 'stop'
  readonly name: string
  readonly modelId: string
  /** Absent until it has begun: a checkpoint brings its own. */
  readonly settings?: TrainingSettings
  readonly sessionId?: string
  readonly step: number
  readonly steps: number
  readonly loss?: number
  readonly learningRate?: number
  readonly gradientNorm?: number
  /** Absent until they are measured. */
  readonly secondsPerStep?: number
  readonly remainingSeconds?: number
  readonly backend?: BackendReport
  readonly trainingSeconds?: number
  readonly heldOutSeconds?: number
  /** Of the held-out recording in the clip library. */
  readonly heldOutId?: string
  readonly notes: readonly string[]
  /** Why it paused of itself. */
  readonly pausedBy?: Problem
  readonly curves: LossCurves
  readonly evaluations: readonly Evaluation[]
  readonly checkpoint?: {
    readonly step: number
    readonly bytes: number
    readonly keptIn: 'disk' | 'memory'
  }
  readonly restarts: readonly { readonly step: number; readonly reason: string }[]
  readonly result?: TrainingResult
}

export type TrainingSlice = {
  readonly training?: TrainingSession
  /** What a reload or a crash cut off. */
  readonly unfinished?: UnfinishedSession
  readonly findUnfinished: () => Promise<void>
  readonly startTraining: () => Promise<void>
  readonly pauseTraining: () => void
  readonly resumeTraining: () => void
  readonly stopTraining: () => void
  readonly resumeUnfinished: () => Promise<void>
  readonly discardUnfinished: () => Promise<void>
  /** The last checkpoint of the session under way, or else of the unfinished one. */
  readonly checkpointAsFile: () => Promise<NamedBytes | undefined>
  /** The held-out recording as the page's source, synthesized with the models before and after. */
  readonly compareBeforeAndAfter: () => Promise<void>
}

/** The held-out piece as the model made it at a step, or as it was recorded; samples in the clip library under `id`. */
export type Snapshot = {
  readonly id: string
  /** Absent for the recording. */
  readonly step?: number
  readonly loudnessLufs?: number
}

export type SnapshotsSlice = {
  /** The recording first, then the steps in their order. */
  readonly snapshots: readonly Snapshot[]
  readonly snapshotsPlaying: boolean
  readonly heardSnapshotId?: string
  readonly placeSnapshot: (snapshot: Pick<Snapshot, 'id' | 'step'>) => void
  readonly clearSnapshots: () => void
  readonly playSnapshots: (snapshotId?: string) => Promise<void>
  readonly pauseSnapshots: () => void
  readonly hearSnapshot: (snapshotId: string) => void
}

export type UserModelsSlice = {
  /** Newest first; without the one that waits to be removed. */
  readonly userModels: readonly UserModel[]
  /** Deleted, but to be had back for a few seconds. */
  readonly deletedModel?: UserModel
  /** Of the model that makes the take “Fine-tuned”. */
  readonly userModelId?: string
  readonly loadUserModels: () => Promise<void>
  readonly chooseUserModel: (modelId: string | undefined) => void
  readonly renameUserModel: (modelId: string, name: string) => Promise<void>
  readonly deleteUserModel: (modelId: string) => void
  readonly undoDelete: () => void
  readonly importModel: (files: readonly File[]) => Promise<void>
  readonly userModelAsFile: (
    modelId: string,
    part: 'zip' | 'weights' | 'config',
  ) => Promise<NamedBytes | undefined>
}

export type FineTuningState = VoiceSlice &
  TrainingSettingsSlice &
  TrainingSlice &
  SnapshotsSlice &
  UserModelsSlice
