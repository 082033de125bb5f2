/** What the private file system has in workers alone, and the page's DOM library leaves out. */
interface FileSystemSyncAccessHandle {
  /** Returns how many bytes were written. */
  write(bytes: ArrayBufferView, options?: { readonly at?: number }): number
  truncate(bytes: number): void
  flush(): void
  close(): void
}

declare var FileSystemSyncAccessHandle: { readonly prototype: FileSystemSyncAccessHandle }

interface FileSystemFileHandle {
  /** One at a time: rejects with NoModificationAllowedError while there is another. */
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>
}
