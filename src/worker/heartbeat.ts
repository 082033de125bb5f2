/**
 * Runs in a worker and sends the signals by which supervised-worker.ts in the page notices that the worker has ended.
 */

export type HeartbeatSignal =
  | { readonly kind: 'heartbeat' }
  /** The worker holds its Web Lock, and the page notices its death by the lock's release. */
  | { readonly kind: 'locked' }
  /** The browser refused the lock, or has no Web Locks. */
  | { readonly kind: 'unlocked' }
  /** The worker has lost its graphics device and can do nothing more. */
  | { readonly kind: 'failed'; readonly reason: string }

/** This call requests signals. They arrive as its progress, and it is never answered. */
export type WatchCall = {
  payload: { readonly lockName: string }
  reply: never
  progress: HeartbeatSignal
}

const heartbeatMilliseconds = 1000

export class Heartbeat {
  #send: (signal: HeartbeatSignal) => void = () => {}

  /** Answers a `WatchCall`. */
  readonly watch = (
    { lockName }: WatchCall['payload'],
    { onProgress }: { readonly onProgress: (signal: HeartbeatSignal) => void },
  ): Promise<never> => {
    this.#send = onProgress
    setInterval(() => onProgress({ kind: 'heartbeat' }), heartbeatMilliseconds)
    const forever = new Promise<never>(() => {})
    const hold = () => {
      onProgress({ kind: 'locked' })
      return forever
    }
    // Some browsers and insecure pages have no Web Locks, and browsers refuse them if storage is blocked.
    const goWithout = () => onProgress({ kind: 'unlocked' })
    if (navigator.locks) navigator.locks.request(lockName, hold).catch(goWithout)
    else goWithout()
    return forever
  }

  fail(reason: string): void {
    this.#send({ kind: 'failed', reason })
  }
}
