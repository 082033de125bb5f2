/** Cancelling by AbortSignal, in the one form that the engine promises: an AbortError, whatever reason was given. */
import { abortError } from './problem.ts'

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError()
}

/** Settles as `promise` does, or rejects at once when `signal` is aborted; `promise` itself goes on unobserved. */
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

/** A turn of the event loop: a message that cancels cannot arrive while one computation follows another. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
