/** Hands bytes to the browser as a download. */
import type { DownloadFile } from '../../../store/download-file.ts'

/** Saves a file. It ignores undefined, because the page has already reported why there is no file. */
export function saveFile(file: DownloadFile | undefined, type: string): void {
  if (!file) return
  const { name, bytes } = file
  const address = URL.createObjectURL(bytes instanceof Blob ? bytes : new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Once started, the download holds its own reference to the bytes.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
