import type { WebGpuDevice } from './webgpu-device.ts'

/** A backend that is registered with tfjs, but was not tested yet. */
export type OpenedBackend = {
  readonly detail: string
  readonly gpu?: WebGpuDevice
  /** Registers our kernels. Call it when the backend is the current one of tfjs, before the first operation. */
  registerKernels(): Promise<void> | void
}
