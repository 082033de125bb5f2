/** Interfaces of the private file system that exist only in workers, and that TypeScript's DOM library lacks. */
interface FileSystemSyncAccessHandle {
  /** Returns the number of bytes written. */
  write(bytes: ArrayBufferView, options?: { readonly at?: number }): number
  truncate(bytes: number): void
  getSize(): number
  flush(): void
  close(): void
}

declare var FileSystemSyncAccessHandle: { readonly prototype: FileSystemSyncAccessHandle }

interface FileSystemFileHandle {
  /** Exclusive: rejects with NoModificationAllowedError while another handle is open. */
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>
}
