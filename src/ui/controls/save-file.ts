/** Hands bytes to the browser as a download. */
import type { DownloadFile } from '../../store/download-file.ts'

/** Nothing happens for undefined: the page has already said why there is no file. */
export function saveFile(file: DownloadFile | undefined, type: string): void {
  if (!file) return
  const { name, bytes } = file
  const address = URL.createObjectURL(bytes instanceof Blob ? bytes : new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
