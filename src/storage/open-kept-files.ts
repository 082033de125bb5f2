/** Kept files in the page's memory. */
import type { KeptFiles } from './kept-files.ts'

/** @param _folder name of the folder; one owner each. */
export function openKeptFiles(_folder: string): KeptFiles {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  return {
    keptIn: 'memory',
    async write(name, bytes) {
      files.set(name, bytes)
    },
    async read(name) {
      const bytes = files.get(name)
      return bytes && new Blob([bytes])
    },
    names: async () => [...files.keys()],
    async remove(name) {
      files.delete(name)
    },
    clear: async () => files.clear(),
  }
}
