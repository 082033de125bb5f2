/** What a person takes away as a file. */

export type DownloadFile = {
  readonly name: string
  /** Large ones as a blob, which need not be in memory. */
  readonly bytes: Uint8Array<ArrayBuffer> | Blob
}
