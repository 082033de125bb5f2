/** Zip archives with one stored or deflated entry each, and ways to damage them, for tests. */
import { zipSync } from 'fflate'

export function zipFile(entries: Record<string, Uint8Array<ArrayBuffer>>, level: 0 | 6 = 6) {
  return zipSync(entries, { level, mtime: new Date(2020, 1, 1) })
}

/** Returns the offset of the last directory entry. */
export function lastDirectoryEntry(zip: Uint8Array): number {
  const signature = [0x50, 0x4b, 1, 2]
  for (let at = zip.length - 4; at >= 0; at--) {
    if (signature.every((byte, i) => zip[at + i] === byte)) return at
  }
  throw new Error('The archive has no directory.')
}

/** Returns a copy with the little-endian 32-bit `value` at `at`. */
export function withUint32(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  value: number,
): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice()
  new DataView(copy.buffer).setUint32(at, value, true)
  return copy
}
