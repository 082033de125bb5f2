/** Opens a file store on the disk if the browser allows it, otherwise in the page's memory. */
import { createDiskFiles } from './disk-files.ts'
import type { FileStore, FileStoreOptions, OpenFileStore } from './file-store.ts'
import { createMemoryFiles } from './memory-files.ts'
import { claimTabFolder, hasPrivateFiles } from './tab-folder.ts'

const opened = new Map<string, FileStore>()

export const openFileStore: OpenFileStore = (folder, options) => {
  const files = opened.get(folder) ?? open(folder, options)
  opened.set(folder, files)
  return files
}

/** Claims nothing before the first call. */
function open(folder: string, options?: FileStoreOptions): FileStore {
  let keptIn: FileStore['keptIn'] = hasPrivateFiles() ? 'disk' : 'memory'
  let opening: Promise<FileStore> | undefined

  async function choose(): Promise<FileStore> {
    if (keptIn === 'disk') {
      try {
        return createDiskFiles(await claimTabFolder(folder, options))
      } catch {
        // The browser refuses, because of a setting or a private window.
        keptIn = 'memory'
      }
    }
    return createMemoryFiles()
  }
  const files = () => {
    opening ??= choose()
    return opening
  }

  return {
    get keptIn() {
      return keptIn
    },
    write: async (name, bytes) => (await files()).write(name, bytes),
    read: async (name) => (await files()).read(name),
    names: async () => (await files()).names(),
    remove: async (name) => (await files()).remove(name),
    clear: async () => (await files()).clear(),
  }
}
