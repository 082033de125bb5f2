/**
 * Checkpoints on the disk, two files per session in the origin's private file system. A new checkpoint overwrites the
 * older one; the record of their contents, with lengths and hashes, is written last, to IndexedDB. If the worker
 * crashes while writing, the newer checkpoint and its record are therefore intact. Reading works in a page too, writing
 * only in a worker.
 */
import type { DBSchema, IDBPDatabase } from 'idb'
import { sha256Of } from '../../../base/sha256.ts'
import { sharedDatabase } from '../../shared-database.ts'
import type { TrainingRequest } from '../training-engine.ts'
import type { CheckpointStore, StoredSession } from './checkpoint-store.ts'
import { writeFile } from './write-file.ts'

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

/** Opens nothing before the first call; if the browser refuses storage, every call rejects. */
export function createDiskStore(): CheckpointStore {
  /** The newest slot of each session written by this instance. */
  const written = new Map<string, Slot>()
  const database = sharedDatabase<Schema>({
    name: databaseName,
    version: 1,
    create(created) {
      created.createObjectStore('sessions', { keyPath: 'sessionId' })
      created.createObjectStore('requests')
    },
  })

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
      // A damaged checkpoint must not be the one that is spared.
      const newest = written.get(sessionId) ?? (before && (await newestReadable(before))?.slot)
      const file = newest?.file === `${sessionId}.0` ? `${sessionId}.1` : `${sessionId}.0`
      const slot = {
        file,
        bytes: checkpoint.length,
        sha256: await sha256Of(checkpoint),
        step,
        savedAt: new Date().toISOString(),
      }
      await writeFile(await (await openFolder()).getFileHandle(file, { create: true }), checkpoint)
      // A checkpoint counts as stored only if a reload would find it.
      if (!(await readSlot(slot))) throw new Error(`${file} does not read back as it was written`)
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
        return { ...session, step, savedAt, bytes, keptIn: 'disk' }
      }
      return undefined
    },
    async newestStep(sessionId) {
      const record = await (await database()).get('sessions', sessionId)
      return record && (await newestReadable(record))?.slot.step
    },
    request: async (sessionId) => (await database()).get('requests', sessionId),
    async read(sessionId) {
      const record = await (await database()).get('sessions', sessionId)
      return record && (await newestReadable(record))?.checkpoint
    },
    async remove(sessionId) {
      written.delete(sessionId)
      const db = await database()
      // The record is removed first, because files without a record only waste space.
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

/** Removes the files of sessions that ended before their first record; only one session writes at a time. */
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
