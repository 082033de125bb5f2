/** What a worker does so that its end is noticed; supervised-worker.ts listens in the page. */

export type HeartbeatSignal =
  | { readonly kind: 'heartbeat' }
  /** The worker holds the Web Lock by whose release its death is noticed. */
  | { readonly kind: 'locked' }
  /** The browser has no such lock for it. */
  | { readonly kind: 'unlocked' }
  /** The worker's graphics device is lost, and with it all that it could do. */
  | { readonly kind: 'failed'; readonly reason: string }

/** The call that asks for signals; it has no reply but them. */
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
