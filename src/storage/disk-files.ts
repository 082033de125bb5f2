/** A file store on the disk, in the folder that the tab holds. */
import { ProblemError } from '../base/problem.ts'
import { isQuotaExceeded, storageFull } from '../base/storage-full.ts'
import { checkFileName } from './file-name.ts'
import type { FileStore } from './file-store.ts'
import type { TabFolder } from './tab-folder.ts'
import { fileNames, writeFile } from './write-file.ts'

const remedy = 'Download your results and remove what you no longer need, or free some disk space.'

const isMissing = (thrown: unknown) => thrown instanceof DOMException && thrown.name === 'NotFoundError'

export function createDiskFiles({ directory }: Pick<TabFolder, 'directory'>): FileStore {
  const names = async () => fileNames(await directory())

  async function remove(name: string): Promise<void> {
    await (await directory()).removeEntry(name).catch((thrown: unknown) => {
      if (!isMissing(thrown)) throw thrown
    })
  }

  return {
    keptIn: 'disk',
    async write(name, bytes) {
      checkFileName(name)
      try {
        await writeFile(await directory(), name, bytes)
      } catch (thrown) {
        if (!isQuotaExceeded(thrown)) throw thrown
        throw new ProblemError(await storageFull(bytes.length, remedy), { cause: thrown })
      }
    },
    async read(name) {
      try {
        return await (await (await directory()).getFileHandle(name)).getFile()
      } catch (thrown) {
        if (isMissing(thrown)) return undefined
        throw thrown
      }
    },
    names,
    remove,
    async clear() {
      for (const name of await names()) await remove(name)
    },
  }
}
