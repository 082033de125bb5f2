/** Runs in a worker and sends the signals by which the page notices its end; supervised-worker.ts hears them there. */

export type HeartbeatSignal =
  | { readonly kind: 'heartbeat' }
  /** The worker holds its Web Lock, and the page notices its death by the lock's release. */
  | { readonly kind: 'locked' }
  /** The browser refuses the lock, or has none. */
  | { readonly kind: 'unlocked' }
  /** The worker has lost its graphics device and can do nothing more. */
  | { readonly kind: 'failed'; readonly reason: string }

/** This call asks for signals. They arrive as its progress, and it is never answered. */
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
    // Locks are not in every browser, nor on insecure pages, and they are refused where storage is blocked.
    const goWithout = () => onProgress({ kind: 'unlocked' })
    if (navigator.locks) navigator.locks.request(lockName, hold).catch(goWithout)
    else goWithout()
    return forever
  }

  fail(reason: string): void {
    this.#send({ kind: 'failed', reason })
  }
}
