/** Cooperative yielding for long loops: they stay cancellable, report progress and let messages through. */

import { letMessagesIn, throwIfCancelled } from './cancellation.ts'

export type YieldOptions = {
  readonly signal?: AbortSignal
  /** 0..1. */
  readonly onProgress?: (fraction: number) => void
}

const maxBlockedMs = 30

/**
 * Returns a function to await between pieces of work, with the fraction done. It rejects with an AbortError once
 * `signal` is aborted, and yields to the event loop every 30 ms, so that a message that cancels can arrive.
 */
export function createYielder({
  signal,
  onProgress,
}: YieldOptions = {}): (fraction: number) => Promise<void> {
  let lastPauseMs = performance.now()
  return async (fraction) => {
    onProgress?.(fraction)
    if (performance.now() - lastPauseMs > maxBlockedMs) {
      await letMessagesIn()
      lastPauseMs = performance.now()
    }
    throwIfCancelled(signal)
  }
}
