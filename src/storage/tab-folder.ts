/**
 * A folder of the origin's private file system for this tab alone. Its subfolders are numbered sets. A tab holds its
 * set with a Web Lock, which the browser releases when the tab closes or crashes.
 */
import type { FileStoreOptions } from './file-store.ts'

export type TabFolder = {
  /** Creates the folder again if the person has cleared the browser's data meanwhile. */
  directory(): Promise<FileSystemDirectoryHandle>
  /** Leaves the files to the next tab. */
  release(): void
}

const rootName = 'kept-files'
/** A reloaded page may start before the browser has released the locks of the page that it replaces. */
const reloadMilliseconds = 5000

/** Whether the browser has the interfaces that the files need; it may still refuse their use. */
export const hasPrivateFiles = (): boolean =>
  globalThis.navigator?.storage?.getDirectory !== undefined &&
  navigator.locks !== undefined &&
  'FileSystemFileHandle' in globalThis &&
  'createWritable' in FileSystemFileHandle.prototype &&
  'move' in FileSystemFileHandle.prototype

/** Rejects if the browser refuses storage or locks. */
export async function claimTabFolder(
  folder: string,
  { fresh = false }: FileStoreOptions = {},
): Promise<TabFolder> {
  const held = (await claimOwn(folder)) ?? (await claimLeftBehind(folder, fresh)) ?? (await claimNew(folder))
  remember(folder, held.number)
  if (fresh) await clearSets(folder, held.number)
  return { directory: () => directoryOf(folder, held.number), release: held.release }
}

type Held = { readonly number: number; readonly release: () => void }

/** Claims the set that this tab had before its reload. Fails in a duplicated tab, because the original holds it. */
async function claimOwn(folder: string): Promise<Held | undefined> {
  const number = remembered(folder)
  return number === undefined ? undefined : hold(folder, number, reloadMilliseconds)
}

async function claimLeftBehind(folder: string, fresh: boolean): Promise<Held | undefined> {
  if (fresh) return undefined
  for (const number of await setNumbers(folder)) {
    const held = await hold(folder, number)
    if (!held) continue
    if (!(await isEmpty(await directoryOf(folder, number)))) return held
    held.release()
  }
  return undefined
}

async function claimNew(folder: string): Promise<Held> {
  for (let number = 0; ; number++) {
    const held = await hold(folder, number)
    if (held) return held
  }
}

/** Empties the tab's own set, and removes those that no tab holds. */
async function clearSets(folder: string, own: number): Promise<void> {
  const sets = await directoryOf(folder)
  for (const number of await setNumbers(folder)) {
    const held = number === own ? undefined : await hold(folder, number)
    if (number !== own && !held) continue
    await sets.removeEntry(String(number), { recursive: true }).catch(() => undefined)
    held?.release()
  }
}

/** Returns undefined if another tab still holds the set after `startTimeoutMilliseconds`. */
function hold(folder: string, number: number, startTimeoutMilliseconds = 0): Promise<Held | undefined> {
  const name = `${rootName}/${folder}/${number}`
  const options =
    startTimeoutMilliseconds > 0
      ? { signal: AbortSignal.timeout(startTimeoutMilliseconds) }
      : { ifAvailable: true as const }
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, options, (lock) => {
        if (!lock) return resolve(undefined)
        return new Promise<void>((release) => resolve({ number, release }))
      })
      .catch((thrown: unknown) => {
        if (startTimeoutMilliseconds > 0) resolve(undefined)
        else reject(thrown)
      })
  })
}

async function directoryOf(folder: string, number?: number): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  const folders = await root.getDirectoryHandle(rootName, { create: true })
  const sets = await folders.getDirectoryHandle(folder, { create: true })
  return number === undefined ? sets : sets.getDirectoryHandle(String(number), { create: true })
}

async function setNumbers(folder: string): Promise<readonly number[]> {
  const numbers: number[] = []
  for await (const name of (await directoryOf(folder)).keys()) numbers.push(Number(name))
  return numbers.toSorted((a, b) => a - b)
}

async function isEmpty(directory: FileSystemDirectoryHandle): Promise<boolean> {
  for await (const _ of directory.keys()) return false
  return true
}

const memoryKey = (folder: string) => `${rootName}/${folder}`

function remembered(folder: string): number | undefined {
  try {
    const number = Number(sessionStorage.getItem(memoryKey(folder)) ?? Number.NaN)
    return Number.isInteger(number) && number >= 0 ? number : undefined
  } catch {
    return undefined
  }
}

function remember(folder: string, number: number): void {
  try {
    sessionStorage.setItem(memoryKey(folder), String(number))
  } catch {
    // A reloaded tab then takes the first set that was left behind, which is usually its own.
  }
}
