/** Where a session asks, between two steps, whether it may take the next: paused, held and stopped from outside. */

export class SessionGate {
  #paused = false
  #stopped = false
  #holds: number
  #change = openChange()

  /** `holds` that are in force already. */
  constructor(holds = 0) {
    this.#holds = holds
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** A pause outlasts a hold: who pressed Pause is told so, whatever else there is to wait for. */
  get phase(): 'running' | 'paused' | 'waiting' {
    if (this.#paused) return 'paused'
    return this.#holds > 0 ? 'waiting' : 'running'
  }

  /** Resolves at the next change after it was read. */
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

  /** For good. */
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
