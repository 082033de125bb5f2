/** Replaces a file of the private file system, and confirms that the browser has stored all of it. */
import { checkStoredBytes } from '../base/storage-full.ts'

/** Public names never begin with a dot. */
const isTemporary = (name: string) => name.startsWith('.')
const temporaryName = (name: string) => `.${name}`

/**
 * Writes a temporary file, reads its length back, and moves it over the file `name`, so that the former content stays
 * until the new one is known to be whole. Rejects with the browser's error, which is a `QuotaExceededError` if less was
 * stored.
 */
export async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const temporary = temporaryName(name)
  const handle = await folder.getFileHandle(temporary, { create: true })
  try {
    await writeAll(handle, bytes)
    checkStoredBytes((await handle.getFile()).size, bytes.length)
    await handle.move(name)
  } catch (thrown) {
    await folder.removeEntry(temporary).catch(() => undefined)
    throw thrown
  }
}

/** Lists the complete files, in alphabetical order. */
export async function fileNames(folder: FileSystemDirectoryHandle): Promise<readonly string[]> {
  const found: string[] = []
  for await (const name of folder.keys()) if (!isTemporary(name)) found.push(name)
  return found.toSorted()
}

async function writeAll(handle: FileSystemFileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const stream = await handle.createWritable()
  try {
    await stream.write(bytes)
    await stream.close()
  } catch (thrown) {
    await stream.abort().catch(() => undefined)
    throw thrown
  }
}
