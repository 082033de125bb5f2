/** The state of fine-tuning in plain values and ids. */
import type { Audio } from '../../analysis/analysis.ts'
import type { Problem } from '../../base/problem.ts'
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

/** A training recording; its samples are in the clip library under `id`. */
export type VoiceClip = {
  readonly id: string
  readonly name: string
  readonly durationSeconds: number
  /** Origin of the recording, used to avoid duplicates and to name the model. */
  readonly origin: 'file' | 'microphone' | 'source' | 'example'
}

export type VoiceState = {
  readonly voice: readonly VoiceClip[]
  /** Name of the recording that is being read; absent otherwise. */
  readonly voiceOpening?: string
}

export type VoiceActions = {
  /** Reads any number of audio files; rejected files are reported, the others are added. */
  readonly addVoiceFiles: (files: readonly File[]) => Promise<void>
  /** Adds the recording among the page's takes. */
  readonly addSourceToVoice: () => void
  /** Adds a clip from the microphone. */
  readonly addRecordingToVoice: (clip: Audio) => void
  /** Replaces the voice by the bundled one. */
  readonly openExampleVoice: () => Promise<void>
  readonly removeVoiceClip: (clipId: string) => void
  readonly clearVoice: () => void
}

export type SetupState = {
  readonly preset: TrainingPreset
  readonly settings: TrainingSettings
  /** The user's choice; by default the published model of the preset's objective and the page's size. */
  readonly modelId?: string
  /** The name that the user typed; by default it is made of the voice and the date. */
  readonly name?: string
  /** The settings that “Reset” replaced, for undo. */
  readonly replacedSettings?: TrainingSettings
}

export type SetupActions = {
  readonly choosePreset: (preset: TrainingPreset) => void
  readonly changeSettings: (change: Partial<TrainingSettings>) => void
  readonly resetSettings: () => void
  readonly undoReset: () => void
  readonly chooseModel: (modelId: string | undefined) => void
  readonly nameModel: (name: string | undefined) => void
}

export type Evaluation = { readonly step: number; readonly figures: HeldOutFigures }

/** A session in progress, or one that has ended and is still displayed. */
export type TrainingSession = {
  readonly phase: TrainingPhase | 'ended'
  /** The user's request; it takes effect at the end of the current step. */
  readonly asked?: 'pause' | 'resume' | 'stop'
  readonly name: string
  readonly modelId: string
  /** Absent until the session has begun, because a checkpoint brings its own settings. */
  readonly settings?: TrainingSettings
  readonly sessionId?: string
  readonly step: number
  readonly steps: number
  readonly loss?: number
  readonly learningRate?: number
  readonly gradientNorm?: number
  /** Absent until it has been measured. */
  readonly secondsPerStep?: number
  readonly remainingSeconds?: number
  readonly backend?: BackendReport
  readonly trainingSeconds?: number
  readonly heldOutSeconds?: number
  /** The id of the held-out recording in the clip library. */
  readonly heldOutId?: string
  readonly notes: readonly string[]
  /** The reason why the session paused itself. */
  readonly pausedBy?: Problem
  readonly curves: LossCurves
  readonly evaluations: readonly Evaluation[]
  readonly checkpoint?: {
    readonly step: number
    readonly bytes: number
    readonly keptIn: 'disk' | 'memory'
    /** The step that a reload would go back to; absent if it would find no checkpoint. */
    readonly reloadStep?: number
  }
  readonly restarts: readonly { readonly step: number; readonly reason: string }[]
  readonly result?: TrainingResult
}

export type SessionState = {
  readonly session?: TrainingSession
  /** A session that a reload or a crash interrupted. */
  readonly unfinished?: UnfinishedSession
  /** Name of the checkpoint file from which the next session resumes. */
  readonly checkpointName?: string
}

export type SessionActions = {
  readonly findUnfinished: () => Promise<void>
  readonly chooseCheckpoint: (file: File | undefined) => Promise<void>
  readonly start: () => Promise<void>
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => void
  readonly resumeUnfinished: () => Promise<void>
  readonly discardUnfinished: () => Promise<void>
  /** Returns the last checkpoint of the current session, otherwise of the unfinished one. */
  readonly checkpointAsFile: () => Promise<NamedBytes | undefined>
  /**
   * Opens the held-out recording as the page's source, and synthesizes it with the base model and the fine-tuned one.
   */
  readonly compareBeforeAndAfter: () => Promise<void>
}

/**
 * The held-out piece as the model made it at a step, or the recording itself; samples in the clip library under `id`.
 */
export type Snapshot = {
  readonly id: string
  /** Absent for the recording. */
  readonly step?: number
  readonly loudnessLufs?: number
}

export type SnapshotsState = {
  /** The recording first, then the steps in ascending order. */
  readonly snapshots: readonly Snapshot[]
  readonly snapshotsPlaying: boolean
  readonly audibleSnapshotId?: string
}

export type SnapshotsActions = {
  readonly placeSnapshot: (snapshot: Pick<Snapshot, 'id' | 'step'>) => void
  readonly clearSnapshots: () => void
  readonly playSnapshots: (snapshotId?: string) => Promise<void>
  readonly pauseSnapshots: () => void
  readonly selectSnapshot: (snapshotId: string) => void
}

export type TrainingState = VoiceState & SetupState & SessionState & SnapshotsState
export type TrainingActions = VoiceActions & SetupActions & SessionActions & SnapshotsActions
