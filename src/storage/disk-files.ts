/** A file store on the disk, in the folder that the tab holds. */
import { ProblemError } from '../base/problem.ts'
import { isQuotaExceeded, storageFull } from '../base/storage-full.ts'
import { checkFileName } from './file-name.ts'
import type { FileStore } from './file-store.ts'
import type { TabFolder } from './tab-folder.ts'

const remedy = 'Download your results and remove what you no longer need, or free some disk space.'

const isMissing = (thrown: unknown) => thrown instanceof DOMException && thrown.name === 'NotFoundError'

export function createDiskFiles({ directory }: Pick<TabFolder, 'directory'>): FileStore {
  async function names(): Promise<readonly string[]> {
    const found: string[] = []
    for await (const name of (await directory()).keys()) found.push(name)
    return found.toSorted()
  }

  async function remove(name: string): Promise<void> {
    await (await directory()).removeEntry(name).catch((thrown: unknown) => {
      if (!isMissing(thrown)) throw thrown
    })
  }

  return {
    keptIn: 'disk',
    async write(name, bytes) {
      checkFileName(name)
      const folder = await directory()
      const isNew = !(await names()).includes(name)
      try {
        await writeWhole(await folder.getFileHandle(name, { create: true }), bytes)
      } catch (thrown) {
        // A new file that was never written would otherwise remain as an empty one.
        if (isNew) await remove(name).catch(() => undefined)
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

/** Replaces the content as a whole: the old content stays until the stream is closed, and for good if that fails. */
async function writeWhole(handle: FileSystemFileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const stream = await handle.createWritable()
  try {
    await stream.write(bytes)
    await stream.close()
  } catch (thrown) {
    await stream.abort().catch(() => undefined)
    throw thrown
  }
}
