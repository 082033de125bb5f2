/** Saves dummy checkpoints as a trainer's worker would, because only workers can write files. */
import type { StoredSession } from '../checkpoints/checkpoint-store.ts'
import { createDiskStore } from '../checkpoints/disk-store.ts'
import type { TrainingRequest } from '../training-engine.ts'

type Saving = { readonly session: StoredSession; readonly request: TrainingRequest; readonly bytes: number }

const disk = createDiskStore()

self.addEventListener('message', async ({ data }: MessageEvent<Saving>) => {
  const { session, request, bytes } = data
  await disk.save(session, request, new Uint8Array(bytes).fill(session.step))
  self.postMessage('saved')
})
