/**
 * A GPUDevice of our own. tfjs asks for no limits beyond a few, and handles neither a lost device nor errors that arrive
 * late: after a loss most of its calls seem to succeed. Here both are kept for whoever reads results to ask.
 */

export type WebGpuDevice = {
  readonly device: GPUDevice
  readonly info: GPUAdapterInfo
  /** For people: "NVIDIA ampere". */
  readonly description: string
  /** Whether the adapter computes on the CPU: correct, and slower than wasm. */
  readonly software: boolean
  /** Resolves with the reason when the device is gone, unless `close` was called before. */
  readonly lost: Promise<string>
  /** The first error since the last call that nobody caught, if any. */
  takeError(): GPUError | undefined
  close(): void
}

/** Rejects with an `Error` whose message says, for people, why there is none. */
export async function openWebGpuDevice(): Promise<WebGpuDevice> {
  if (typeof navigator === 'undefined' || !navigator.gpu) throw new Error('This browser has no WebGPU.')
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new Error('No graphics adapter is available to this page.')
  const device = await adapter.requestDevice({ requiredLimits: ownLimits(adapter) })

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

/** The adapter's limits are attributes of a prototype, which spreading would miss. */
function ownLimits({ limits }: GPUAdapter): Record<string, number> {
  const own: Record<string, number> = {}
  for (const name in limits) {
    const value: unknown = Reflect.get(limits, name)
    if (typeof value === 'number') own[name] = value
  }
  return own
}

function isSoftware(info: GPUAdapterInfo): boolean {
  const named = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(named)
}

function nameOf(info: GPUAdapterInfo): string {
  if (info.description) return info.description
  return [info.vendor, info.architecture].filter(Boolean).join(' ') || 'an adapter without a name'
}
