/** The trainer's worker with a tiny model, and with faults on demand: post `{ fault }` to it. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { serveFiles } from '../../testing/file-server.ts'
import { createDiskStore } from '../checkpoints/disk-store.ts'
import { serveTrainer } from '../serve-trainer.ts'
import { tinyAndShipped, tinyInterval } from './tiny-training.ts'

export type Fault = { readonly fault: 'hang' | 'lose-device' | 'fill-disk' | 'empty-disk' | 'refuse-disk' }

/** Sent when a checkpoint is half written, before the worker pauses. */
export type Writing = { readonly writing: true }

const lingerMilliseconds = 150
let disk: 'good' | 'full' | 'refused' = 'good'

self.addEventListener('message', ({ data }: MessageEvent<Partial<Fault>>) => {
  switch (data.fault) {
    case 'hang':
      for (;;);
    case 'lose-device': {
      const backend = tf.backend()
      if (backend instanceof WebGPUBackend) backend.device.destroy()
      break
    }
    case 'fill-disk':
      disk = 'full'
      break
    case 'empty-disk':
      disk = 'good'
      break
    case 'refuse-disk':
      disk = 'refused'
      break
  }
})

const real = createDiskStore()

serveTrainer({
  fetch: serveFiles(tinyAndShipped),
  checkpointEvery: { steps: tinyInterval, seconds: 1000 },
  disk: {
    ...real,
    async save(...kept) {
      if (disk === 'refused') throw new DOMException('Storage is blocked.', 'SecurityError')
      if (disk === 'full') throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      return real.save(...kept)
    },
  },
})

// Without the pause, a test could not end the worker while it writes.
const { write } = FileSystemSyncAccessHandle.prototype
FileSystemSyncAccessHandle.prototype.write = function (bytes, options) {
  if (options?.at !== 0) return write.call(this, bytes, options)
  const half = new Uint8Array(bytes.buffer, bytes.byteOffset, Math.ceil(bytes.byteLength / 2))
  const written = write.call(this, half, options)
  self.postMessage({ writing: true } satisfies Writing)
  const until = performance.now() + lingerMilliseconds
  while (performance.now() < until);
  return written
}
