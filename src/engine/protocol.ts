/** The calls between the page and the vocoder's worker. */
import type { PitchTrack } from '../dsp/signals/pitch-track.ts'
import type { WatchCall } from '../worker/heartbeat.ts'
import type {
  BackendName,
  BackendReport,
  ControlRequest,
  LoadProgress,
  ModelSummary,
  PitchRequest,
  StreamRequest,
  SynthesisProgress,
  SynthesisReport,
  SynthesisRequest,
  SynthesisResult,
} from './vocoder-engine.ts'

/** The engine options that a restart can change. */
export type StartOptions = {
  /** Absolute URL of the folder that holds `models/`. */
  readonly baseUrl: string
  /** The only backend to try. */
  readonly backend?: BackendName
  /** Backends that are not tried, each with the reason to report. */
  readonly skipped?: BackendReport['skipped']
  /** Maximum number of frames per chunk. */
  readonly maxChunkFrames?: number
}

export type EngineCalls = {
  watch: WatchCall
  start: { payload: StartOptions; reply: BackendReport; progress: never }
  listModels: { payload: null; reply: readonly ModelSummary[]; progress: never }
  loadModel: { payload: { readonly modelId: string }; reply: ModelSummary; progress: LoadProgress }
  synthesize: { payload: SynthesisRequest; reply: SynthesisResult; progress: SynthesisProgress }
  stream: { payload: StreamRequest; reply: SynthesisReport; progress: SynthesisProgress }
  synthesizeWithoutNetwork: { payload: ControlRequest; reply: SynthesisResult; progress: SynthesisProgress }
  pitch: { payload: PitchRequest; reply: PitchTrack | undefined; progress: never }
}
