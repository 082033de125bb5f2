/** Recognises tfjs's backend WebGPU without its code, which other devices do not fetch. */
import * as tf from '@tensorflow/tfjs'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/** Returns the current backend if it is WebGPU. */
export function currentWebGpu(): WebGPUBackend | undefined {
  return tf.getBackend() === 'webgpu' ? (tf.backend() as WebGPUBackend) : undefined
}
