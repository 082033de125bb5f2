/** What the store acts through. The composition root builds these for the page; tests build small ones. */
import type { Analysis } from '../analysis/analysis.ts'
import type { ClipLibrary } from '../audio/clip-library.ts'
import type { DecodeAudio } from '../audio/decode.ts'
import type { TakePlayer } from '../audio/player.ts'
import type { StartRecording } from '../audio/recorder.ts'
import type { UserModels } from '../engine/models/user-models.ts'
import type { TrainingEngine } from '../engine/training/training-engine.ts'
import type { VocoderEngine } from '../engine/vocoder-engine.ts'
import type { OpenFileStore } from '../storage/file-store.ts'
import type { SignalLibrary } from './signal-library.ts'
import type { ExampleLibrary } from './source/examples.ts'

export type Services = {
  readonly engine: VocoderEngine
  readonly analysis: Analysis
  readonly clips: ClipLibrary
  readonly signals: SignalLibrary
  readonly player: TakePlayer
  /** Of the snapshots of a fine-tuning session: a clock of their own. */
  readonly snapshotPlayer: TakePlayer
  /** Of the stimuli of a listening test. */
  readonly testPlayer: TakePlayer
  /** Of the estimates of the reverse process. */
  readonly denoisingPlayer: TakePlayer
  /** Of what a batch has made. */
  readonly batchPlayer: TakePlayer
  /** What outlasts the page's memory, and a reload: one folder for whoever asks. */
  readonly fileStore: OpenFileStore
  readonly trainer: TrainingEngine
  readonly userModels: UserModels
  readonly examples: ExampleLibrary
  readonly decodeAudio: DecodeAudio
  readonly startRecording: StartRecording
  /** Whether work beside a running vocoder leaves its speed, and so its real-time factor, alone. */
  readonly spareCore: boolean
}
