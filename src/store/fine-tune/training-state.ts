/** Fine-tuning as the page knows it, in plain values and ids. */
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

/** A recording to learn from; its samples are in the clip library under `id`. */
export type VoiceClip = {
  readonly id: string
  readonly name: string
  readonly durationSeconds: number
  /** Where it came from, so that nothing is added twice and the model can be named. */
  readonly origin: 'file' | 'microphone' | 'source' | 'example'
}

export type VoiceState = {
  readonly voice: readonly VoiceClip[]
  /** Names what is being read, while it is. */
  readonly voiceOpening?: string
}

export type VoiceActions = {
  /** Reads any number of audio files; what is refused is reported, the others are added. */
  readonly addVoiceFiles: (files: readonly File[]) => Promise<void>
  /** Adds the recording that is among the page's takes. */
  readonly addSourceToVoice: () => void
  /** Adds a clip from the microphone. */
  readonly addRecordingToVoice: (clip: Audio) => void
  /** The bundled voice takes the place of what was there. */
  readonly openExampleVoice: () => Promise<void>
  readonly removeVoiceClip: (clipId: string) => void
  readonly clearVoice: () => void
}

export type SetupState = {
  readonly preset: TrainingPreset
  readonly settings: TrainingSettings
  /** Set where the user chose one; else the published model of the preset's objective and the page's size. */
  readonly modelId?: string
  /** Set where the user typed one; else made of the voice and the date. */
  readonly name?: string
  /** The settings that “Reset” replaced, so that it can be taken back. */
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
  /** The id of the held-out recording in the clip library. */
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

export type SessionState = {
  readonly session?: TrainingSession
  /** A session that a reload or a crash cut off. */
  readonly unfinished?: UnfinishedSession
  /** Names the checkpoint file that the next session goes on from. */
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
  /** Reads the last checkpoint of the session under way, or else of the unfinished one. */
  readonly checkpointAsFile: () => Promise<NamedBytes | undefined>
  /** Opens the held-out recording as the page's source, and synthesizes it with the models before and after. */
  readonly compareBeforeAndAfter: () => Promise<void>
}

/** The held-out piece as the model made it at a step, or as it was recorded; samples in the clip library under `id`. */
export type Snapshot = {
  readonly id: string
  /** Absent for the recording. */
  readonly step?: number
  readonly loudnessLufs?: number
}

export type SnapshotsState = {
  /** The recording first, then the steps in their order. */
  readonly snapshots: readonly Snapshot[]
  readonly snapshotsPlaying: boolean
  readonly heardSnapshotId?: string
}

export type SnapshotsActions = {
  readonly placeSnapshot: (snapshot: Pick<Snapshot, 'id' | 'step'>) => void
  readonly clearSnapshots: () => void
  readonly playSnapshots: (snapshotId?: string) => Promise<void>
  readonly pauseSnapshots: () => void
  readonly hearSnapshot: (snapshotId: string) => void
}

export type TrainingState = VoiceState & SetupState & SessionState & SnapshotsState
export type TrainingActions = VoiceActions & SetupActions & SessionActions & SnapshotsActions
