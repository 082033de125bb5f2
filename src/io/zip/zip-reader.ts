/**
 * Reads untrusted zip archives; npz is one. The directory at the end is read and checked as a whole before anything is
 * inflated, and inflation stops at the size stated in the directory, so a small file cannot fill the memory. Format:
 * PKWARE's APPNOTE (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), 4.3.7 to 4.3.16.
 */
import { Inflate } from 'fflate'
import { megabytes } from '../../base/megabytes.ts'
import { quoted, type Refuse } from '../refusal.ts'
import { crc32 } from './crc32.ts'

export type ZipEntry = {
  readonly name: string
  /** Inflates and checks; refuses with `zip-checksum`, `zip-damaged` or `zip-method`. */
  read(): Uint8Array<ArrayBuffer>
}

const maxEntries = 2_000
const maxInflatedBytes = 512_000_000
const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const directoryEntryBytes = 46
const localHeaderBytes = 30
const maxCommentBytes = 0xffff
/** Deflate expands data at most 1,032 times, so one piece inflates to at most 4 MB before its size is checked. */
const pieceBytes = 4096

const fetchAgain = 'The file was probably truncated or changed in transfer: fetch it again.'
const packAgain =
  'Pack it again with an ordinary zip program or numpy.savez, or unpack it and open the files in it.'
const openPart = 'Unpack it and open the files that you need.'

/** Refuses with `zip-*` problems. The entries retain `bytes`. */
export function readZip(bytes: Uint8Array<ArrayBuffer>, refuse: Refuse): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view, refuse)
  const count = view.getUint16(end + 10, true)
  if (count > maxEntries) {
    refuse('zip-entries', 'has more than 2,000 entries', {
      found: count === 0xffff ? 'at least 65,535 entries' : `${count} entries`,
      accepted: 'at most 2,000',
      remedy: openPart,
    })
  }
  const entries: ZipEntry[] = []
  const names = new Set<string>()
  let inflatedBytes = 0
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    const entry = readDirectoryEntry(view, at, end, refuse)
    checkName(entry.name, names, refuse)
    inflatedBytes += entry.size
    if (inflatedBytes > maxInflatedBytes) {
      refuse('zip-size', 'inflates to more than 512 MB', {
        found: `${megabytes(inflatedBytes)} up to ${quoted(entry.name)}`,
        accepted: 'at most 512 MB in all',
        remedy: openPart,
      })
    }
    entries.push({ name: entry.name, read: () => inflateEntry(bytes, view, entry, refuse) })
    at = entry.next
  }
  return entries
}

type DirectoryEntry = {
  readonly name: string
  readonly method: number
  readonly checksum: number
  readonly compressedSize: number
  readonly size: number
  readonly localHeader: number
  readonly next: number
}

function refuseDirectory(refuse: Refuse): never {
  return refuse('zip-truncated', 'has a truncated or damaged zip directory', { remedy: fetchAgain })
}

/** A comment may follow the end record, so the search runs backwards. */
function findEnd(view: DataView, refuse: Refuse): number {
  const last = view.byteLength - endBytes
  for (let at = last; at >= 0 && at >= last - maxCommentBytes; at--) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  return refuseDirectory(refuse)
}

function readDirectoryEntry(view: DataView, at: number, end: number, refuse: Refuse): DirectoryEntry {
  if (at + directoryEntryBytes > end || view.getUint32(at, true) !== directorySignature)
    refuseDirectory(refuse)
  const nameBytes = view.getUint16(at + 28, true)
  const next =
    at + directoryEntryBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  if (next > end) refuseDirectory(refuse)
  const name = new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + at + directoryEntryBytes, nameBytes),
  )
  if (view.getUint16(at + 8, true) & 1) {
    refuse('zip-encrypted', `is encrypted: ${quoted(name)} needs a password`, {
      accepted: 'archives without encryption',
      remedy: 'Unpack it with its password and open the files in it.',
    })
  }
  return {
    name,
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    compressedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    localHeader: view.getUint32(at + 42, true),
    next,
  }
}

function checkName(name: string, names: Set<string>, refuse: Refuse): void {
  const parts = name.split(/[/\\]/)
  if (parts.includes('..') || /^([/\\]|[A-Za-z]:)/.test(name) || name.includes('\0')) {
    refuse('zip-path', `holds ${quoted(name)}, a path outside the archive`, {
      accepted: 'names inside the archive',
      remedy: `The archive may be malicious. ${packAgain}`,
    })
  }
  if (parts.some((part) => /^__proto__(\.|$)/.test(part))) {
    refuse('zip-name', `holds an entry with the unsafe name ${quoted(name)}`, {
      accepted: 'plain names, such as mel.npy',
      remedy: packAgain,
    })
  }
  if (names.has(name)) {
    refuse('zip-name', `holds ${quoted(name)} twice`, { accepted: 'every name once', remedy: packAgain })
  }
  names.add(name)
}

function inflateEntry(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  entry: DirectoryEntry,
  refuse: Refuse,
): Uint8Array<ArrayBuffer> {
  const { name, localHeader } = entry
  if (localHeader + localHeaderBytes > bytes.length || view.getUint32(localHeader, true) !== localSignature) {
    refuseDirectory(refuse)
  }
  const start =
    localHeader +
    localHeaderBytes +
    view.getUint16(localHeader + 26, true) +
    view.getUint16(localHeader + 28, true)
  if (start + entry.compressedSize > bytes.length) refuseDirectory(refuse)
  const stored = bytes.subarray(start, start + entry.compressedSize)
  if (entry.method !== 0 && entry.method !== 8) {
    refuse('zip-method', `compresses ${quoted(name)} in a way that cannot be read`, {
      found: `zip method ${entry.method}`,
      accepted: 'stored or deflated entries, as NumPy and ordinary zip programs write them',
      remedy: packAgain,
    })
  }
  const data = entry.method === 0 ? stored : inflate(stored, entry, refuse)
  if (data.length !== entry.size) refuseEntry(entry, refuse)
  if (crc32(data) !== entry.checksum) {
    refuse('zip-checksum', `is damaged: the checksum of ${quoted(name)} is wrong`, { remedy: fetchAgain })
  }
  return data
}

function refuseEntry({ name }: DirectoryEntry, refuse: Refuse, cause?: unknown): never {
  return refuse(
    'zip-damaged',
    `is damaged: ${quoted(name)} does not inflate to its size`,
    { remedy: fetchAgain },
    cause,
  )
}

/** Inflates piece by piece, so that a wrong size is detected within one piece. */
function inflate(stored: Uint8Array, entry: DirectoryEntry, refuse: Refuse): Uint8Array<ArrayBuffer> {
  // Deflate cannot expand data more than 1,032 times: a larger size is false, and nothing is allocated for it.
  if (entry.size > stored.length * 1032) refuseEntry(entry, refuse)
  const data = new Uint8Array(entry.size)
  let length = 0
  const inflater = new Inflate((piece) => {
    if (length + piece.length > data.length) refuseEntry(entry, refuse)
    data.set(piece, length)
    length += piece.length
  })
  try {
    for (let at = 0; at < stored.length; at += pieceBytes) {
      inflater.push(stored.subarray(at, at + pieceBytes), at + pieceBytes >= stored.length)
    }
  } catch (error) {
    return refuseEntry(entry, refuse, error)
  }
  return data.subarray(0, length)
}
