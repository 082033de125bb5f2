/** The files of a drop, with those of dropped folders in the order of their paths. */

/** Further files of a folder are left out: so large a folder is not one of mels. */
const maxFiles = 2000

/** Entries must be taken from the transfer at once: it is empty after the event. */
export async function droppedFiles(transfer: DataTransfer | null): Promise<readonly File[]> {
  const files = [...(transfer?.files ?? [])]
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (!entries.some((entry) => entry.isDirectory)) return files
  const found: File[] = []
  for (const entry of entries) await collect(entry, found)
  return found
}

async function collect(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= maxFiles || entry.name.startsWith('.')) return
  if (isFile(entry)) found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)))
  else if (isDirectory(entry)) for (const child of await childrenOf(entry)) await collect(child, found)
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** A reader returns its entries in portions, and none at the end. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (portion.length === 0) return children.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    children.push(...portion)
  }
}
