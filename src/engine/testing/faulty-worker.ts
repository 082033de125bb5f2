/** The engine's worker with faults on demand: post `{ fault }` to it to cause one. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import '../worker.ts'

export type Fault = { readonly fault: 'hang' | 'lose-device' | 'gpu-error' }

self.addEventListener('message', ({ data }: MessageEvent<Partial<Fault>>) => {
  if (data.fault === 'hang') for (;;);
  if (data.fault === undefined) return
  const backend = tf.backend()
  if (!(backend instanceof WebGPUBackend)) return
  if (data.fault === 'lose-device') backend.device.destroy()
  else {
    const error = new GPUValidationError('The bind group is invalid.')
    backend.device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error, cancelable: true }))
  }
})
