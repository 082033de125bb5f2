/** Saves dummy checkpoints as a trainer's worker would, because only workers can write files. */
import type { StoredSession } from '../checkpoints/checkpoint-store.ts'
import { createDiskStore } from '../checkpoints/disk-store.ts'
import type { TrainingRequest } from '../training-engine.ts'
import { breakDisk, type DiskFault } from './broken-disk.ts'

export type Saving = {
  readonly session: StoredSession
  readonly request: TrainingRequest
  readonly bytes: number
  /** The fault during this save. */
  readonly fault?: DiskFault
}

const disk = createDiskStore()

/** Answers `saved`, or with the name of the error. */
self.addEventListener('message', async ({ data }: MessageEvent<Saving>) => {
  const { session, request, bytes, fault } = data
  const repair = fault ? breakDisk(fault) : () => {}
  try {
    await disk.save(session, request, new Uint8Array(bytes).fill(session.step))
    self.postMessage('saved')
  } catch (thrown) {
    self.postMessage(thrown instanceof Error ? thrown.name : String(thrown))
  } finally {
    repair()
  }
})
