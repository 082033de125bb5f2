/** The engine's worker with faults on demand: post `{ fault }` to it. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import '../worker.ts'

export type Fault = { readonly fault: 'hang' | 'lose-device' }

self.addEventListener('message', ({ data }: MessageEvent<Partial<Fault>>) => {
  if (data.fault === 'hang') for (;;);
  if (data.fault !== 'lose-device') return
  const backend = tf.backend()
  if (backend instanceof WebGPUBackend) backend.device.destroy()
})
