/** Makes the private file system of a worker fail in the ways in which Chromium does when the disk is full. */

const quotaExceeded = () => new DOMException('The quota has been exceeded.', 'QuotaExceededError')

/** The return values of a write to a full disk. */
export const fullWrites = {
  /** An error number below zero, as an unsigned integer. */
  'a negative number': () => 4294967288,
  'a negative number, signed': () => -8,
  zero: () => 0,
  'an exception': () => {
    throw quotaExceeded()
  },
  /** Claims success, although nothing was stored. */
  'the length that was asked for': (asked: number) => asked,
} as const

export type DiskFault =
  | { readonly kind: 'full'; readonly roomBytes: number; readonly result: keyof typeof fullWrites }
  | { readonly kind: 'throws'; readonly method: 'truncate' | 'flush' | 'createSyncAccessHandle' | 'put' }

/** Returns a function that repairs the disk. */
export function breakDisk(fault: DiskFault): () => void {
  return fault.kind === 'full' ? fill(fault.roomBytes, fullWrites[fault.result]) : breakMethod(fault.method)
}

function fill(roomBytes: number, result: (askedBytes: number) => number): () => void {
  const { prototype } = FileSystemSyncAccessHandle
  const { write } = prototype
  prototype.write = function (bytes, { at = 0 } = {}) {
    const room = Math.max(0, roomBytes - at)
    if (bytes.byteLength <= room) return write.call(this, bytes, { at })
    const part = new Uint8Array(bytes.buffer, bytes.byteOffset, room)
    // The bytes that fit are stored, and reported as a short write.
    return room > 0 ? write.call(this, part, { at }) : result(bytes.byteLength)
  }
  return () => {
    prototype.write = write
  }
}

function breakMethod(method: Extract<DiskFault, { kind: 'throws' }>['method']): () => void {
  const prototypes = {
    truncate: FileSystemSyncAccessHandle.prototype,
    flush: FileSystemSyncAccessHandle.prototype,
    createSyncAccessHandle: FileSystemFileHandle.prototype,
    put: IDBObjectStore.prototype,
  }
  const prototype = prototypes[method]
  const whole = Object.getOwnPropertyDescriptor(prototype, method)
  if (!whole) throw new Error(`This browser has no ${method}`)
  Object.defineProperty(prototype, method, {
    configurable: true,
    value: () => {
      throw quotaExceeded()
    },
  })
  return () => {
    Object.defineProperty(prototype, method, whole)
  }
}
