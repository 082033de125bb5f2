/**
 * Named files that outlast the page's memory, and a reload: what a batch has made, and a listening test under way. One
 * folder each.
 *
 * Two tabs never share a folder's files: each tab has its own set. A tab that was reloaded finds its own again. A new tab
 * takes over what a closed one has left, if there is such a set, so that a listening test is found after the browser was
 * restarted; with `fresh` it removes all that closed tabs have left, and begins with nothing.
 */

export interface FileStore {
  /**
   * Where they lie: `memory` where the browser offers no disk, and a reload takes them. Known for certain after the first
   * call has been answered.
   */
  readonly keptIn: 'disk' | 'memory'
  /**
   * Replaces what has that name, as a whole or not at all. Rejects with `storage-full`.
   * @param name at most 120 letters, digits, spaces, dots, hyphens and underscores; does not begin with a dot.
   */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /**
   * A handle on the bytes, which are read when they are wanted, and cannot be any more once the file was replaced or
   * removed; undefined where there is no such file.
   */
  read(name: string): Promise<Blob | undefined>
  /** In alphabetical order. */
  names(): Promise<readonly string[]>
  /** Nothing happens where there is no such file. */
  remove(name: string): Promise<void>
  /** Removes all. */
  clear(): Promise<void>
}

export type FileStoreOptions = {
  /** Whether what earlier visits left is removed, instead of found again. */
  readonly fresh?: boolean
}

/** The same files for the same folder, however often it is asked for. */
export type OpenFileStore = (folder: string, options?: FileStoreOptions) => FileStore
