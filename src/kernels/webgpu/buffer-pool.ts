/** tfjs keeps every GPU buffer that it has released for a later one of the same size, and never destroys one. */
import { currentWebGpu } from './current-backend.ts'

/** Destroys the unused buffers if they take more than `maxBytes`. Does nothing on other backends. */
export function trimBufferPool(maxBytes: number): void {
  const backend = currentWebGpu()
  if (!backend) return
  const { bufferManager } = backend
  if (bufferManager.numBytesAllocated - bufferManager.numBytesUsed <= maxBytes) return
  const pool: unknown = Reflect.get(bufferManager, 'freeBuffers')
  if (!(pool instanceof Map)) throw new Error('The buffer pool of tfjs is not a map of free buffers')
  const unused: readonly GPUBuffer[] = [...pool.values()].flat()
  for (const { size, usage } of unused)
    bufferManager.releaseBuffer(bufferManager.acquireBuffer(size, usage), false)
}
