/** Sets tfjs to WebGPU on whatever adapter there is, software too. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { registerWebGpuKernels } from '../webgpu/register.ts'

/** Whether there is an adapter. Throws instead of saying no where REQUIRE_WEBGPU=1 asks for one. */
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
  tf.removeBackend('webgpu') // the one that importing the package registers makes a device of its own
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 0)
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs refused the backend webgpu')
  registerWebGpuKernels()
}
