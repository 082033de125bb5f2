/** A disk that is full, in words. */
import { megabytes } from './megabytes.ts'
import type { Problem } from './problem.ts'

export function isQuotaExceeded(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'QuotaExceededError'
}

/**
 * `storage-full`, with what is needed and, where the browser tells, what is free. Chromium tells every page of 10 GiB, so
 * that none is recognised by its disk: a room that would have been enough is not believed.
 */
export async function storageFull(neededBytes: number, remedy: string): Promise<Problem> {
  const estimate = await globalThis.navigator?.storage?.estimate().catch(() => undefined)
  const { quota, usage } = estimate ?? {}
  const free = quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage)
  const isKnown = free !== undefined && free < neededBytes
  const needed = `${megabytes(neededBytes)} needed`
  return {
    code: 'storage-full',
    message: 'There is no room left in the storage that the browser gives this page.',
    found: isKnown
      ? `${needed}, ${megabytes(free)} free`
      : `${needed}; how much is free the browser does not tell`,
    remedy,
  }
}
