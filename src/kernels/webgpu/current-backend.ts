/** Recognises tfjs's backend WebGPU without its code, which other devices do not fetch. */
import * as tf from '@tensorflow/tfjs'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/** Returns the current backend if it is WebGPU. */
export function currentWebGpu(): WebGPUBackend | undefined {
  const backend = tf.backend()
  return isWebGpu(backend) ? backend : undefined
}

const isWebGpu = (_backend: tf.KernelBackend): _backend is WebGPUBackend => tf.getBackend() === 'webgpu'
