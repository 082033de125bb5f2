/** The gate that a session passes before every step; it can be paused, held and stopped from outside. */

export class SessionGate {
  #paused = false
  #stopped = false
  #holds: number
  #change = openChange()

  /** `holds` is the number of holds that are already in force. */
  constructor(holds = 0) {
    this.#holds = holds
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** The current phase. A pause takes precedence over a hold, so that a user who pressed Pause sees that it worked. */
  get phase(): 'running' | 'paused' | 'waiting' {
    if (this.#paused) return 'paused'
    return this.#holds > 0 ? 'waiting' : 'running'
  }

  /** Resolves at the next change after the property was read. */
  get nextChange(): Promise<void> {
    return this.#change.promise
  }

  pause(): void {
    this.#paused = true
    this.#announce()
  }

  resume(): void {
    this.#paused = false
    this.#announce()
  }

  /** Stops the session for good. */
  stop(): void {
    this.#stopped = true
    this.#announce()
  }

  hold(): void {
    this.#holds++
    this.#announce()
  }

  release(): void {
    this.#holds--
    this.#announce()
  }

  #announce(): void {
    const { announce } = this.#change
    this.#change = openChange()
    announce()
  }
}

function openChange(): { readonly promise: Promise<void>; readonly announce: () => void } {
  let announce = () => {}
  const promise = new Promise<void>((resolve) => {
    announce = resolve
  })
  return { promise, announce }
}
