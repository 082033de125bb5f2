/**
 * Overwrites a file of the private file system, in a worker, and confirms that the browser has stored all of it. Unlike
 * storage/write-file.ts it makes no temporary file: the previous checkpoint is safe in the other slot, and a third copy
 * would need as much room again.
 */
import { checkStoredBytes } from '../../../base/storage-full.ts'

/** A terminated worker's file handle is released only after a moment. */
const handleAttempts = 30
const handleRetryMilliseconds = 100

/**
 * Resolves once the length of the closed file has been read back. Rejects with the browser's error, which is a
 * `QuotaExceededError` if less was stored; the file is then empty or short, and its former content is lost.
 */
export async function writeFile(handle: FileSystemFileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const access = await openForWriting(handle)
  try {
    access.truncate(0)
    for (let at = 0; at < bytes.length; ) at += writeSome(access, bytes.subarray(at), at)
    access.flush()
    checkStoredBytes(access.getSize(), bytes.length)
  } catch (thrown) {
    makeEmpty(access)
    throw thrown
  } finally {
    access.close()
  }
  checkStoredBytes((await handle.getFile()).size, bytes.length)
}

/**
 * Returns the number of bytes written, at least one. On a full disk Chromium returns 0, or a negative error number as an
 * unsigned one, which is larger than what it was given.
 */
function writeSome(access: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): number {
  const written = access.write(bytes, { at })
  if (!(written > 0 && written <= bytes.length)) checkStoredBytes(at, at + bytes.length)
  return written
}

/** A partial checkpoint is useless, and its space may be needed. */
function makeEmpty(access: FileSystemSyncAccessHandle): void {
  try {
    access.truncate(0)
  } catch {
    // The error of the write matters more.
  }
}

async function openForWriting(handle: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await handle.createSyncAccessHandle()
    } catch (thrown) {
      const busy = thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError'
      if (!busy || attempt === handleAttempts) throw thrown
      await new Promise((resolve) => setTimeout(resolve, handleRetryMilliseconds))
    }
  }
}
