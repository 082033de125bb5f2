/** Storage of checkpoints, together with the request that a session needs to resume after a reload. */
import type { TrainingRequest, UnfinishedSession } from '../training-engine.ts'

export type StoredSession = Omit<UnfinishedSession, 'savedAt' | 'bytes' | 'keptIn'>

/** Rejections are the browser's own, such as `QuotaExceededError`. */
export interface CheckpointStore {
  readonly keptIn: 'disk' | 'memory'
  /**
   * Resolves once the whole checkpoint can be read back. Until then, and for good if this rejects, the previous one
   * stays readable; the one before that may not.
   */
  save(session: StoredSession, request: TrainingRequest, checkpoint: Uint8Array<ArrayBuffer>): Promise<void>
  /** The session that was saved last, if it can be read. */
  latest(): Promise<UnfinishedSession | undefined>
  /** The step of the newest complete checkpoint. */
  newestStep(sessionId: string): Promise<number | undefined>
  /** Returns the request, without `checkpoint`. */
  request(sessionId: string): Promise<TrainingRequest | undefined>
  /** Returns the newest complete checkpoint. */
  read(sessionId: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  remove(sessionId: string): Promise<void>
}

/** Returns a new unique id. */
export function newSessionId(): string {
  const random = crypto.getRandomValues(new Uint32Array(4))
  return Array.from(random, (word) => word.toString(16).padStart(8, '0')).join('')
}

/** A store that lasts as long as the page. */
export function createMemoryStore(): CheckpointStore {
  const kept = new Map<
    string,
    { session: UnfinishedSession; request: TrainingRequest; checkpoint: Uint8Array<ArrayBuffer> }
  >()
  return {
    keptIn: 'memory',
    async save(session, request, checkpoint) {
      const described: UnfinishedSession = {
        ...session,
        savedAt: new Date().toISOString(),
        bytes: checkpoint.length,
        keptIn: 'memory',
      }
      kept.delete(session.sessionId)
      kept.set(session.sessionId, { session: described, request, checkpoint: checkpoint.slice() })
    },
    latest: async () => [...kept.values()].at(-1)?.session,
    newestStep: async (sessionId) => kept.get(sessionId)?.session.step,
    request: async (sessionId) => kept.get(sessionId)?.request,
    read: async (sessionId) => kept.get(sessionId)?.checkpoint.slice(),
    async remove(sessionId) {
      kept.delete(sessionId)
    },
  }
}
