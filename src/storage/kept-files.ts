/**
 * Named files that outlast the page's memory, and a reload: what a batch has made, and a listening test under way. One
 * folder each; names are plain, without slashes.
 */
export interface KeptFiles {
  /** Where they lie: `memory` where the browser offers no disk, and a reload takes them. */
  readonly keptIn: 'disk' | 'memory'
  /** Replaces what has that name. Rejects with `storage-full`. */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** A handle on the bytes, which are read when they are wanted; undefined where there is no such file. */
  read(name: string): Promise<Blob | undefined>
  names(): Promise<readonly string[]>
  remove(name: string): Promise<void>
  /** Removes all. */
  clear(): Promise<void>
}
