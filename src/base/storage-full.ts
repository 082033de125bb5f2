/** The problem of a full disk. */
import { megabytes } from './megabytes.ts'
import type { Problem } from './problem.ts'

const quotaExceeded = 'QuotaExceededError'

export function isQuotaExceeded(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === quotaExceeded
}

/**
 * Throws the browser's `QuotaExceededError` unless all bytes were stored. Chromium reports a full disk by a short write
 * or by an error that was converted to an unsigned number, and not always by an exception.
 */
export function checkStoredBytes(stored: number, expected: number): void {
  if (stored === expected) return
  throw new DOMException(`${stored} of ${expected} bytes were stored.`, quotaExceeded)
}

/**
 * Returns the problem `storage-full`, with the space needed and, if known, the space free. Chromium reports 10 GiB to
 * every page, to prevent fingerprinting by disk size, so an estimate that would have been enough is ignored.
 */
export async function storageFull(neededBytes: number, remedy: string): Promise<Problem> {
  const estimate = await globalThis.navigator?.storage?.estimate().catch(() => undefined)
  const { quota, usage } = estimate ?? {}
  const free = quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage)
  const isKnown = free !== undefined && free < neededBytes
  const needed = `${megabytes(neededBytes)} needed`
  return {
    code: 'storage-full',
    message: 'The storage that the browser gives this page is full.',
    found: isKnown
      ? `${needed}, ${megabytes(free)} free`
      : `${needed}; the browser does not report the free space`,
    remedy,
  }
}
