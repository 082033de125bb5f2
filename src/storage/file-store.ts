/**
 * Named files that outlast the page's memory and a reload: the results of a batch, and a listening test in progress.
 * Each has its own folder.
 *
 * Two tabs never share a folder's files: each tab has its own set. A reloaded tab finds its own set again. A new tab
 * takes over the set of a closed tab, if any, so that a listening test is found after a restart of the browser; with
 * `fresh` it removes all sets of closed tabs and starts empty.
 */

export interface FileStore {
  /**
   * The place of storage: `memory` if the browser offers no disk; a reload then loses the files. It is final only once
   * the first call has settled.
   */
  readonly keptIn: 'disk' | 'memory'
  /**
   * Replaces the file of that name, entirely or not at all. Rejects with `storage-full`.
   * @param name at most 120 letters, digits, spaces, dots, hyphens and underscores; does not begin with a dot.
   */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /**
   * Returns a handle whose bytes are read on demand, and no longer can be once the file was replaced or removed;
   * undefined if there is no such file.
   */
  read(name: string): Promise<Blob | undefined>
  /** The names are in alphabetical order. */
  names(): Promise<readonly string[]>
  /** Does nothing if there is no such file. */
  remove(name: string): Promise<void>
  /** Removes all files. */
  clear(): Promise<void>
}

export type FileStoreOptions = {
  /** Whether files of earlier visits are removed instead of found again. */
  readonly fresh?: boolean
}

/** Returns the same store for the same folder, however often it is called. */
export type OpenFileStore = (folder: string, options?: FileStoreOptions) => FileStore
