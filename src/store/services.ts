/** The services on which the store acts. The composition root builds them for the page; tests build small fakes. */
import type { Analysis } from '../analysis/analysis.ts'
import type { ClipLibrary } from '../audio/clip-library.ts'
import type { DecodeAudio } from '../audio/decode.ts'
import type { TakePlayer } from '../audio/playback/player.ts'
import type { StreamPlayer } from '../audio/playback/stream-player.ts'
import type { StartRecording } from '../audio/recording/recorder.ts'
import type { UserModels } from '../engine/models/user-models.ts'
import type { TrainingEngine } from '../engine/training/training-engine.ts'
import type { VocoderEngine } from '../engine/vocoder-engine.ts'
import type { OpenFileStore } from '../storage/file-store.ts'
import type { SampleLibrary } from './samples/sample-library.ts'
import type { SignalLibrary } from './signal-library.ts'
import type { ExampleLibrary } from './source/examples.ts'

export type Services = {
  readonly engine: VocoderEngine
  readonly analysis: Analysis
  readonly clips: ClipLibrary
  readonly signals: SignalLibrary
  readonly player: TakePlayer
  /** Plays the snapshots of a fine-tuning session, on a clock of their own. */
  readonly snapshotPlayer: TakePlayer
  /** Plays the stimuli of a listening test. */
  readonly testPlayer: TakePlayer
  /** Plays the estimates of the reverse process. */
  readonly denoisingPlayer: TakePlayer
  /** Plays the readings that a mel file may have. */
  readonly readingPlayer: TakePlayer
  /** Plays the results of a batch. */
  readonly batchPlayer: TakePlayer
  /** Plays a waveform that is still being made. */
  readonly streamPlayer: StreamPlayer
  /** Plays the cells of the comparison grid. */
  readonly comparisonPlayer: TakePlayer
  /** Plays the samples of the first view. */
  readonly samplePlayer: TakePlayer
  /** Files that outlive the page's memory and a reload, in one folder per feature. */
  readonly fileStore: OpenFileStore
  readonly trainer: TrainingEngine
  readonly userModels: UserModels
  readonly examples: ExampleLibrary
  readonly samples: SampleLibrary
  readonly decodeAudio: DecodeAudio
  readonly startRecording: StartRecording
  /** Whether other work can run beside a vocoder without slowing it down and falsifying its real-time factor. */
  readonly spareCore: boolean
}

/** The services of the first view. */
export type EarlyServices = Pick<Services, 'samples' | 'samplePlayer' | 'decodeAudio'>
