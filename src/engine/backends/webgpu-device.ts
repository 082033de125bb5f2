/**
 * Creates a GPUDevice. tfjs itself requests few limits, and handles neither a lost device nor asynchronous errors:
 * after a loss most of its calls seem to succeed. This object records both, so that readers of results can check.
 */
import { halfFeatures, withHalves } from '../../kernels/webgpu/half-products.ts'
import { isSoftware, requestAdapter } from './graphics-adapter.ts'

export type WebGpuDevice = {
  readonly device: GPUDevice
  readonly info: GPUAdapterInfo
  /** Description for the page, such as "NVIDIA ampere". */
  readonly description: string
  /** Whether the adapter computes on the CPU, which is correct but slower than wasm. */
  readonly software: boolean
  /** Resolves with the reason when the device is lost, unless `close` was called before. */
  readonly lost: Promise<string>
  /** Returns and clears the first uncaught error since the last call, if any. */
  takeError(): GPUError | undefined
  close(): void
}

/** Rejects with an `Error` whose message tells the user why there is no device. */
export async function openWebGpuDevice(): Promise<WebGpuDevice> {
  if (!globalThis.navigator?.gpu) throw new Error('This browser has no WebGPU.')
  const adapter = await requestAdapter()
  if (!adapter) throw new Error('No graphics adapter is available to this page.')
  const requiredFeatures = halfFeatures(adapter)
  const device = withHalves(
    await adapter.requestDevice({ requiredLimits: ownLimits(adapter), requiredFeatures }),
  )

  let firstError: GPUError | undefined
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault()
    firstError ??= event.error
  })
  let closed = false
  return {
    device,
    info: adapter.info,
    description: nameOf(adapter.info),
    software: isSoftware(adapter.info),
    lost: new Promise((resolve) => {
      device.lost.then(({ message, reason }) => {
        if (!closed) resolve(message || reason)
      })
    }),
    takeError() {
      const error = firstError
      firstError = undefined
      return error
    },
    close() {
      closed = true
      device.destroy()
    },
  }
}

/** The limits of an adapter are attributes of its prototype, so spreading would not copy them. */
function ownLimits({ limits }: GPUAdapter): Record<string, number> {
  const own: Record<string, number> = {}
  for (const name in limits) {
    const value: unknown = Reflect.get(limits, name)
    if (typeof value === 'number') own[name] = value
  }
  return own
}

function nameOf(info: GPUAdapterInfo): string {
  if (info.description) return info.description
  return [info.vendor, info.architecture].filter(Boolean).join(' ') || 'an unnamed adapter'
}
