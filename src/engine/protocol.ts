/** What crosses the boundary between the page and the vocoder's worker. */
import type {
  BackendName,
  BackendReport,
  EngineEvent,
  LoadProgress,
  ModelSummary,
  SynthesisProgress,
  SynthesisRequest,
  SynthesisResult,
} from './vocoder-engine.ts'

/** How an engine is to begin; what a restart changes. */
export type StartOptions = {
  /** Folder that holds `models/`; absolute. */
  readonly baseUrl: string
  /** Take this backend or none. */
  readonly backend?: BackendName
  /** Backends not to try, with the reason to report. */
  readonly passedOver?: BackendReport['passedOver']
  /** Most frames per chunk. */
  readonly maxChunkFrames?: number
}

/** Signs of life, sent for as long as the worker lives. */
export type WorkerSign =
  | { readonly kind: 'heartbeat' }
  /** The worker holds the lock by whose release its death is noticed. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'event'; readonly event: EngineEvent }

export type EngineCalls = {
  watch: { payload: { readonly lockName: string }; reply: never; progress: WorkerSign }
  start: { payload: StartOptions; reply: BackendReport; progress: never }
  listModels: { payload: null; reply: readonly ModelSummary[]; progress: never }
  loadModel: { payload: { readonly modelId: string }; reply: ModelSummary; progress: LoadProgress }
  synthesize: { payload: SynthesisRequest; reply: SynthesisResult; progress: SynthesisProgress }
}
