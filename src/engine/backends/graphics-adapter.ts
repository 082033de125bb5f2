/** The graphics adapter that the engine uses, without the engine: the page asks which backend's code it will need. */

/** Resolves to the adapter, or to nothing if the page has none. */
export async function requestAdapter(): Promise<GPUAdapter | null | undefined> {
  return globalThis.navigator?.gpu?.requestAdapter({ powerPreference: 'high-performance' })
}

/** Whether the adapter computes on the CPU, which is correct but slower than wasm. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  const named = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(named)
}

/** Resolves to the backend that the engine will try first. It may still turn out not to work. */
export async function expectedBackend(): Promise<'webgpu' | 'wasm'> {
  const adapter = await requestAdapter().catch(() => null)
  return adapter && !isSoftware(adapter.info) ? 'webgpu' : 'wasm'
}
