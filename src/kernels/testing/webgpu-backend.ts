/** Sets tfjs to WebGPU on any available adapter, including a software one. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { registerWebGpuKernels } from '../webgpu/register.ts'

/** Whether there is an adapter. With REQUIRE_WEBGPU=1, throws if there is none. */
export async function hasWebGpu(): Promise<boolean> {
  if (await navigator.gpu?.requestAdapter()) return true
  if (import.meta.env.REQUIRE_WEBGPU === '1')
    throw new Error('REQUIRE_WEBGPU=1, but this browser has no WebGPU adapter')
  console.warn('Skipped: this browser has no WebGPU adapter')
  return false
}

export async function useWebGpu(): Promise<void> {
  const adapter = await navigator.gpu.requestAdapter()
  if (!adapter) throw new Error('This browser has no WebGPU adapter')
  const device = await adapter.requestDevice()
  device.addEventListener('uncapturederror', ({ error }) => console.error(error.message))
  tf.removeBackend('webgpu') // the one registered by importing the package creates a device of its own
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 0)
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs refused the backend webgpu')
  registerWebGpuKernels()
}
