/**
 * Cancellation by AbortSignal. A cancelled call always rejects with an AbortError, whatever reason the signal was
 * given.
 */
import { abortError } from './problem.ts'

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError()
}

/**
 * Settles as `promise` does, or rejects at once when `signal` is aborted; `promise` itself keeps running unobserved.
 */
export function untilCancelled<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const cancel = () => reject(abortError())
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel))
  })
}

/**
 * Yields one turn to the event loop, so that a message that cancels can arrive between two computations. A posted
 * message arrives at once, whereas browsers delay each repeated timer by 4 ms.
 */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
