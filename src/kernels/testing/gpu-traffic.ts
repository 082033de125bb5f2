/** Counts what WebGPU is asked to do, by watching its methods. */

export type GpuTraffic = {
  dispatches: number
  submissions: number
  readbacks: number
  /** Values of tensors, without the uniforms of kernels. */
  uploadedBytes: number
  /** Pipelines that were compiled while the caller waited. */
  compilations: number
}

/** Counts until `stop`, which returns the counts. */
export function watchGpu(): { stop(): GpuTraffic } {
  const counts: GpuTraffic = {
    dispatches: 0,
    submissions: 0,
    readbacks: 0,
    uploadedBytes: 0,
    compilations: 0,
  }
  const restore = [
    watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => counts.dispatches++),
    watch(GPUQueue.prototype, 'submit', () => counts.submissions++),
    watch(GPUDevice.prototype, 'createComputePipeline', () => counts.compilations++),
    watch(GPUBuffer.prototype, 'mapAsync', () => counts.readbacks++),
    watch(GPUDevice.prototype, 'createBuffer', (_, [{ size, mappedAtCreation }]) => {
      if (mappedAtCreation) counts.uploadedBytes += size
    }),
  ]
  return {
    stop() {
      for (const undo of restore) undo()
      return counts
    },
  }
}

/** Calls `seen` before each call of a method; returns the function that undoes it. */
function watch<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  seen: (self: Owner, args: Owner[Name] extends (...args: infer Args) => unknown ? Args : never) => void,
): () => void {
  const original = owner[name]
  if (typeof original !== 'function') throw new Error(`${String(name)} is not a method`)
  Object.defineProperty(owner, name, {
    configurable: true,
    writable: true,
    value(this: Owner, ...args: never) {
      seen(this, args)
      return Reflect.apply(original, this, args)
    },
  })
  return () => Object.defineProperty(owner, name, { configurable: true, writable: true, value: original })
}
