/** A file store without a disk. It holds blobs, which browsers can keep outside the page's own memory. */
import { checkFileName } from './file-name.ts'
import type { FileStore } from './file-store.ts'

export function createMemoryFiles(): FileStore {
  const files = new Map<string, Blob>()
  return {
    keptIn: 'memory',
    async write(name, bytes) {
      checkFileName(name)
      files.set(name, new Blob([bytes]))
    },
    read: async (name) => files.get(name),
    names: async () => [...files.keys()].toSorted(),
    async remove(name) {
      files.delete(name)
    },
    clear: async () => files.clear(),
  }
}
