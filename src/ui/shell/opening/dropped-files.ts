/** The files of a drop, with those of dropped folders in the order of their paths. */

/** Further files of a folder are left out: so large a folder is not one of mels. */
const maxFiles = 2000

export type DroppedFiles = {
  readonly files: readonly File[]
  /** A sentence about a folder that is empty or too large. */
  readonly note?: string
}

/** Entries must be taken from the transfer at once: it is empty after the event. */
export async function droppedFiles(transfer: DataTransfer | null): Promise<DroppedFiles> {
  const files = [...(transfer?.files ?? [])]
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const folder = entries.find((entry) => entry.isDirectory)
  if (!folder) return { files }
  const found: File[] = []
  let isComplete = true
  for (const entry of entries) isComplete = (await collect(entry, found)) && isComplete
  if (found.length === 0) return { files: found, note: `The folder ${folder.name} holds no files.` }
  if (isComplete) return { files: found }
  return { files: found, note: `Only the first ${maxFiles} files of ${folder.name} were opened.` }
}

/** Resolves to false if files were left out because there are too many. */
async function collect(entry: FileSystemEntry, found: File[]): Promise<boolean> {
  if (isHidden(entry.name)) return true
  if (found.length >= maxFiles) return false
  if (isFile(entry)) found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)))
  else if (isDirectory(entry))
    for (const child of await childrenOf(entry)) if (!(await collect(child, found))) return false
  return true
}

/** macOS and Windows keep files of their own in folders. */
const isHidden = (name: string) => name.startsWith('.') || /^(__MACOSX|thumbs\.db|desktop\.ini)$/i.test(name)
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
