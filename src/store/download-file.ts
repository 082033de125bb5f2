/** A file that the user can download. */

export type DownloadFile = {
  readonly name: string
  /** The content; large files are blobs, which need not be in memory. */
  readonly bytes: Uint8Array<ArrayBuffer> | Blob
}
