/** The calls between the page and the trainer's worker. */
import type { WatchCall } from '../../worker/heartbeat.ts'
import type { StartOptions } from '../protocol.ts'
import type { BackendReport } from '../vocoder-engine.ts'
import type { StoredSession } from './checkpoints/checkpoint-store.ts'
import type { SessionJob } from './in-thread.ts'
import type { TrainingEvent, TrainingResult } from './training-engine.ts'

export type TrainerMessage =
  | { readonly kind: 'event'; readonly event: TrainingEvent }
  /** The disk cannot take this checkpoint, so the page keeps it in memory, with its request. */
  | {
      readonly kind: 'keep'
      readonly session: StoredSession
      readonly checkpoint: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'forget'; readonly sessionId: string }

export type TrainerCalls = {
  watch: WatchCall
  start: { payload: StartOptions; reply: BackendReport; progress: never }
  run: { payload: SessionJob; reply: TrainingResult; progress: TrainerMessage }
  command: { payload: 'pause' | 'resume' | 'stop' | 'hold' | 'release'; reply: null; progress: never }
  checkpointFile: {
    payload: { readonly sessionId: string }
    reply: Uint8Array<ArrayBuffer>
    progress: never
  }
}
