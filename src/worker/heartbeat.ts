/** The signs of life of a worker, sent for as long as it lives; worker-life.ts listens to them in the page. */

export type HeartbeatSignal =
  | { readonly kind: 'heartbeat' }
  /** The worker holds the lock by whose release its death is noticed. */
  | { readonly kind: 'locked' }
  /** Its graphics device is lost, and with it all that it could do. */
  | { readonly kind: 'failed'; readonly reason: string }

/** The call that asks for them; it is answered by signs alone. */
export type WatchCall = {
  payload: { readonly lockName: string }
  reply: never
  progress: HeartbeatSignal
}

const heartbeatMilliseconds = 1000

export class Heartbeat {
  #tell: (sign: HeartbeatSignal) => void = () => {}

  /** Answers the call. */
  readonly watch = (
    { lockName }: WatchCall['payload'],
    { onProgress }: { readonly onProgress: (sign: HeartbeatSignal) => void },
  ): Promise<never> => {
    this.#tell = onProgress
    setInterval(() => onProgress({ kind: 'heartbeat' }), heartbeatMilliseconds)
    const forever = new Promise<never>(() => {})
    // Not in every browser, nor on insecure pages, and refused where storage is blocked; heartbeats are then the only sign.
    navigator.locks
      ?.request(lockName, () => {
        onProgress({ kind: 'locked' })
        return forever
      })
      .catch(() => {})
    return forever
  }

  fail(reason: string): void {
    this.#tell({ kind: 'failed', reason })
  }
}
