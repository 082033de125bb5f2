/** The commands given to a session, kept in the page so that every worker which takes the session over is given them too. */
import type { TrainerCalls } from './protocol.ts'

export type SessionCommand = TrainerCalls['command']['payload']

export class SessionCommands {
  #paused = false
  #stopped = false
  #held: boolean

  /** `held` where the session must wait from the beginning. */
  constructor(held: boolean) {
    this.#held = held
  }

  keep(command: SessionCommand): void {
    if (command === 'pause') this.#paused = true
    if (command === 'resume') this.#paused = false
    if (command === 'stop') this.#stopped = true
    if (command === 'hold') this.#held = true
    if (command === 'release') this.#held = false
  }

  /** Those to give to a worker before it runs the session, so that no step is taken meanwhile. */
  beforeRun(): readonly SessionCommand[] {
    return this.#held ? ['hold'] : []
  }

  /** Those that a worker takes only once it runs the session. */
  afterRun(): readonly SessionCommand[] {
    const paused = this.#paused ? (['pause'] as const) : []
    const stopped = this.#stopped ? (['stop'] as const) : []
    return [...paused, ...stopped]
  }
}
