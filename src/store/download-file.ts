/** What a person takes away as a file. */

/** Large ones as a blob, which need not be in memory. */
export type DownloadFile<Bytes = Uint8Array<ArrayBuffer> | Blob> = {
  readonly name: string
  readonly bytes: Bytes
}
