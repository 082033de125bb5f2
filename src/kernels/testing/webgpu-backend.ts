/** Sets tfjs to WebGPU on any available adapter, including a software one. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { halfFeatures, withHalves } from '../webgpu/half-products.ts'
import { registerWebGpuKernels } from '../webgpu/register.ts'

/** Whether there is an adapter. With REQUIRE_WEBGPU=1, throws if there is none. */
export async function hasWebGpu(): Promise<boolean> {
  if (await globalThis.navigator?.gpu?.requestAdapter()) return true
  if (import.meta.env.REQUIRE_WEBGPU === '1')
    throw new Error('REQUIRE_WEBGPU=1, but this browser has no WebGPU adapter')
  console.warn('Skipped: this browser has no WebGPU adapter')
  return false
}

/** Whether the adapter multiplies in 16 bits; says so if it does not. */
export async function hasHalves(): Promise<boolean> {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter()
  if (adapter?.features.has('shader-f16')) return true
  console.warn('Skipped: this adapter has no shader-f16')
  return false
}

export async function useWebGpu(): Promise<void> {
  const adapter = await navigator.gpu.requestAdapter()
  if (!adapter) throw new Error('This browser has no WebGPU adapter')
  const device = withHalves(await adapter.requestDevice({ requiredFeatures: halfFeatures(adapter) }))
  device.addEventListener('uncapturederror', ({ error }) => console.error(error.message))
  tf.removeBackend('webgpu') // the one registered by importing the package creates a device of its own
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 0)
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs refused the backend webgpu')
  registerWebGpuKernels()
}
