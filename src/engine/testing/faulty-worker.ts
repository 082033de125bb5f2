/** The engine's worker with faults on demand: post `{ fault }` to it to cause one. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import '../worker.ts'

export type Fault = { readonly fault: 'hang' | 'lose-device' | 'gpu-error' | 'out-of-memory' }

self.addEventListener('message', ({ data }: MessageEvent<Partial<Fault>>) => {
  if (data.fault === 'hang') for (;;);
  if (data.fault === undefined) return
  const backend = tf.backend()
  if (!(backend instanceof WebGPUBackend)) return
  if (data.fault === 'lose-device') backend.device.destroy()
  else if (data.fault === 'out-of-memory') runOutOfMemory(backend.device)
  else report(backend.device, new GPUValidationError('The bind group is invalid.'))
})

function report(device: GPUDevice, error: GPUError): void {
  device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error, cancelable: true }))
}

/** From now on the device has no room for another buffer. */
function runOutOfMemory(device: GPUDevice): void {
  const create = device.createBuffer.bind(device)
  device.createBuffer = (descriptor) => {
    report(device, new GPUOutOfMemoryError('There is no room for a buffer.'))
    return create(descriptor)
  }
}
