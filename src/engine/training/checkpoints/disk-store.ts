/**
 * Checkpoints on the disk, two files to a session in the origin's private file system. A new one goes over the older of the
 * two; the record of what is in which, with lengths and hashes, is written last, to IndexedDB. So a worker that dies while it
 * writes leaves the newer one as it was and known. Reading works in a page as well, writing only in a worker.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { sha256Of } from '../../../base/sha256.ts'
import type { TrainingRequest } from '../training-engine.ts'
import type { CheckpointStore, StoredSession } from './checkpoint-store.ts'

type Slot = {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly step: number
  /** ISO 8601. */
  readonly savedAt: string
}

type SessionRecord = Omit<StoredSession, 'step'> & {
  /** Newest first. */
  readonly slots: readonly Slot[]
}

interface Schema extends DBSchema {
  sessions: { key: string; value: SessionRecord }
  requests: { key: string; value: TrainingRequest }
}

const databaseName = 'vocoder-training'
const folderName = 'fine-tuning'
/** The handle of a worker that was ended is given free a moment after. */
const handleAttempts = 30
const handleRetryMilliseconds = 100

/** Nothing is opened before the first call; where the browser refuses storage, every call rejects. */
export function createDiskStore(): CheckpointStore {
  /** The newest of each session, where it was written here. */
  const written = new Map<string, Slot>()
  let opening: Promise<IDBPDatabase<Schema>> | undefined
  function database(): Promise<IDBPDatabase<Schema>> {
    opening ??= openDB<Schema>(databaseName, 1, {
      upgrade(created) {
        created.createObjectStore('sessions', { keyPath: 'sessionId' })
        created.createObjectStore('requests')
      },
      terminated() {
        opening = undefined
      },
    })
    opening.catch(() => {
      opening = undefined
    })
    return opening
  }

  async function newestReadable({ slots }: SessionRecord) {
    for (const slot of slots) {
      const checkpoint = await readSlot(slot).catch(() => undefined)
      if (checkpoint) return { slot, checkpoint }
    }
    return undefined
  }

  return {
    keptIn: 'disk',
    async save({ step, ...session }, request, checkpoint) {
      const db = await database()
      const { sessionId } = session
      const before = await db.get('sessions', sessionId)
      if (!before) {
        await removeStrays(db, sessionId)
        await db.put('requests', request, sessionId)
      }
      // What was damaged since is not to be what is spared.
      const newest = written.get(sessionId) ?? (before && (await newestReadable(before))?.slot)
      const file = newest?.file === `${sessionId}.0` ? `${sessionId}.1` : `${sessionId}.0`
      await writeFile(file, checkpoint)
      const slot = {
        file,
        bytes: checkpoint.length,
        sha256: await sha256Of(checkpoint),
        step,
        savedAt: new Date().toISOString(),
      }
      const writing = db.transaction('sessions', 'readwrite', { durability: 'strict' })
      await Promise.all([
        writing.store.put({ ...session, slots: newest ? [slot, newest] : [slot] }),
        writing.done,
      ])
      written.set(sessionId, slot)
    },
    async latest() {
      const db = await database()
      const savedAt = ({ slots: [{ savedAt }] }: SessionRecord) => savedAt
      const records = await db.getAll('sessions')
      for (const record of records.toSorted((a, b) => (savedAt(a) < savedAt(b) ? 1 : -1))) {
        const found = await newestReadable(record)
        if (!found) continue
        const { slots: _, ...session } = record
        const { step, savedAt, bytes } = found.slot
        return { ...session, step, savedAt, bytes }
      }
      return undefined
    },
    request: async (sessionId) => (await database()).get('requests', sessionId),
    async read(sessionId) {
      const record = await (await database()).get('sessions', sessionId)
      return record && (await newestReadable(record))?.checkpoint
    },
    async remove(sessionId) {
      written.delete(sessionId)
      const db = await database()
      // The record first: files that nothing names are only waste.
      const removing = db.transaction(['sessions', 'requests'], 'readwrite')
      await Promise.all([
        removing.objectStore('sessions').delete(sessionId),
        removing.objectStore('requests').delete(sessionId),
        removing.done,
      ])
      const folder = await openFolder()
      for (const file of [`${sessionId}.0`, `${sessionId}.1`])
        await folder.removeEntry(file).catch(() => undefined)
    },
  }
}

/** What a session left that died before its first record was written; nobody else can be writing. */
async function removeStrays(db: IDBPDatabase<Schema>, sessionId: string): Promise<void> {
  const known = new Set([...(await db.getAllKeys('sessions')), sessionId])
  for (const key of await db.getAllKeys('requests')) if (!known.has(key)) await db.delete('requests', key)
  const folder = await openFolder()
  const files: string[] = []
  for await (const file of folder.keys()) files.push(file)
  for (const file of files)
    if (!known.has(file.replace(/\.[01]$/, ''))) await folder.removeEntry(file).catch(() => undefined)
}

async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(folderName, { create: true })
}

async function readSlot({ file, bytes, sha256 }: Slot): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const handle = await (await openFolder()).getFileHandle(file)
  const stored = await handle.getFile()
  if (stored.size !== bytes) return undefined
  const checkpoint = new Uint8Array(await stored.arrayBuffer())
  return (await sha256Of(checkpoint)) === sha256 ? checkpoint : undefined
}

async function writeFile(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const access = await openForWriting(await (await openFolder()).getFileHandle(file, { create: true }))
  try {
    access.truncate(0)
    for (let at = 0; at < bytes.length; ) {
      const written = access.write(bytes.subarray(at), { at })
      if (written === 0) throw new DOMException('Nothing more could be written.', 'QuotaExceededError')
      at += written
    }
    access.flush()
  } catch (thrown) {
    // A part of a checkpoint is of no use, and its room may be wanted.
    access.truncate(0)
    throw thrown
  } finally {
    access.close()
  }
}

async function openForWriting(handle: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await handle.createSyncAccessHandle()
    } catch (thrown) {
      const busy = thrown instanceof DOMException && thrown.name === 'NoModificationAllowedError'
      if (!busy || attempt === handleAttempts) throw thrown
      await new Promise((resolve) => setTimeout(resolve, handleRetryMilliseconds))
    }
  }
}
