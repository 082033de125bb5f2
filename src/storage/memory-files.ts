/** Kept files where there is no disk. As blobs, which browsers keep out of the page's own memory where they can. */
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
