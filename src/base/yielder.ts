/** Keeping long loops of plain computation polite: cancellable, with progress, never deaf to messages for long. */

import { abortError } from './problem.ts'

export type YieldOptions = {
  readonly signal?: AbortSignal
  /** 0..1. */
  readonly onProgress?: (fraction: number) => void
}

const maxBlockedMs = 30

/**
 * A function to await between pieces of work, with the fraction that is done. It rejects with an AbortError once `signal`
 * is aborted; and lets the event loop run when it has not for 30 ms, since a message that cancels could not arrive else.
 */
export function createYielder({
  signal,
  onProgress,
}: YieldOptions = {}): (fraction: number) => Promise<void> {
  let lastPauseMs = performance.now()
  return async (fraction) => {
    onProgress?.(fraction)
    if (performance.now() - lastPauseMs > maxBlockedMs) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      lastPauseMs = performance.now()
    }
    if (signal?.aborted) throw abortError()
  }
}
