/** Stores checkpoints on the disk if the browser allows it, otherwise in the page's memory. */
import type { Problem } from '../../../base/problem.ts'
import { isQuotaExceeded, storageFull } from '../../../base/storage-full.ts'
import type { TrainingRequest } from '../training-engine.ts'
import type { CheckpointStore, StoredSession } from './checkpoint-store.ts'

const remedy =
  'The previous checkpoint is still stored, and the newest can be downloaded. Free some disk space, or delete models that you do not need, and resume.'

export type Stores = { readonly disk?: CheckpointStore; readonly memory: CheckpointStore }

export type Keeping = {
  readonly keptIn: 'disk' | 'memory'
  /** `storage-full`, reported once each time that the disk fills up. */
  readonly problem?: Problem
}

export class CheckpointKeeper {
  readonly #stores: Stores
  #toldFull = false

  constructor(stores: Stores) {
    this.#stores = stores
  }

  /** Never rejects: memory takes what the disk does not. */
  async keep(
    session: StoredSession,
    request: TrainingRequest,
    checkpoint: Uint8Array<ArrayBuffer>,
  ): Promise<Keeping> {
    const { disk, memory } = this.#stores
    let full = false
    try {
      if (disk) {
        await disk.save(session, request, checkpoint)
        await memory.remove(session.sessionId)
        this.#toldFull = false
        return { keptIn: disk.keptIn }
      }
    } catch (thrown) {
      full = isQuotaExceeded(thrown)
    }
    await memory.save(session, request, checkpoint)
    const tell = full && !this.#toldFull
    this.#toldFull ||= full
    return { keptIn: memory.keptIn, problem: tell ? await storageFull(checkpoint.length, remedy) : undefined }
  }

  /** Called when the session is finished or discarded. */
  async remove(sessionId: string): Promise<void> {
    const { disk, memory } = this.#stores
    await memory.remove(sessionId)
    await disk?.remove(sessionId).catch(() => {})
  }

  /** Memory holds a checkpoint only if it is newer than the disk's. */
  async read(sessionId: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { disk, memory } = this.#stores
    return (await memory.read(sessionId)) ?? (await disk?.read(sessionId).catch(() => undefined))
  }

  async request(sessionId: string): Promise<TrainingRequest | undefined> {
    const { disk, memory } = this.#stores
    return (await memory.request(sessionId)) ?? (await disk?.request(sessionId).catch(() => undefined))
  }

  async latest() {
    const { disk, memory } = this.#stores
    return (await memory.latest()) ?? (await disk?.latest().catch(() => undefined))
  }
}
