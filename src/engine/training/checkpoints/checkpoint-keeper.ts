/** Stores checkpoints on the disk if the browser allows it, otherwise in the page's memory. */
import type { Problem } from '../../../base/problem.ts'
import { isQuotaExceeded, storageFull } from '../../../base/storage-full.ts'
import type { TrainingRequest } from '../training-engine.ts'
import type { CheckpointStore, StoredSession } from './checkpoint-store.ts'

export type Stores = { readonly disk?: CheckpointStore; readonly memory: CheckpointStore }

export type Keeping = {
  readonly keptIn: 'disk' | 'memory'
  /** The step of the checkpoint on the disk, which a reload would find. */
  readonly reloadStep?: number
  /** `storage-full`, reported once each time that the disk fills up. */
  readonly problem?: Problem
}

export class CheckpointKeeper {
  readonly #stores: Stores
  #toldFull = false

  constructor(stores: Stores) {
    this.#stores = stores
  }

  /** It never rejects, because memory takes what the disk does not. */
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
        return { keptIn: disk.keptIn, reloadStep: session.step }
      }
    } catch (thrown) {
      full = isQuotaExceeded(thrown)
    }
    await memory.save(session, request, checkpoint)
    const tell = full && !this.#toldFull
    this.#toldFull ||= full
    const reloadStep = await disk?.newestStep(session.sessionId).catch(() => undefined)
    const problem = tell ? await storageFull(checkpoint.length, remedyFor(reloadStep)) : undefined
    return { keptIn: memory.keptIn, reloadStep, problem }
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

function remedyFor(reloadStep: number | undefined): string {
  const stored =
    reloadStep === undefined
      ? 'No checkpoint of this session is stored yet, so a reload would lose it.'
      : `The checkpoint of step ${reloadStep} is still stored.`
  return `${stored} The newest checkpoint can be downloaded. Free some disk space, or delete models that you do not need, and resume.`
}
