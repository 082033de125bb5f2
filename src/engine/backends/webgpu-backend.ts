/** tfjs's backend WebGPU with our programs. It is fetched only where there is a graphics device. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { setHalfProducts } from '../../kernels/webgpu/half-products.ts'
import { registerWebGpuKernels } from '../../kernels/webgpu/register.ts'
import type { OpenedBackend } from './opened-backend.ts'
import type { WebGpuDevice } from './webgpu-device.ts'

/** Registers the backend on this device, instead of an earlier one. */
export function openWebGpu(gpu: WebGpuDevice): OpenedBackend {
  // Forwarding small tensors to the CPU would hide errors of the GPU.
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  setHalfProducts(false)
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => new WebGPUBackend(gpu.device, gpu.info))
  return { detail: `WebGPU on ${gpu.description}`, gpu, registerKernels: registerWebGpuKernels }
}
