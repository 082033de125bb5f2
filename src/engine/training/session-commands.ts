/**
 * Stores the commands that a session has received, so that every worker which takes the session over receives them too.
 */
import type { TrainerCalls } from './protocol.ts'

export type SessionCommand = TrainerCalls['command']['payload']

export class SessionCommands {
  #paused = false
  #stopped = false
  #held: boolean

  /** `held` is true if the session must wait from the beginning. */
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

  /** Returns the commands for a new worker before it runs the session, so that it takes no step in the meantime. */
  beforeRun(): readonly SessionCommand[] {
    return this.#held ? ['hold'] : []
  }

  /** Returns the commands that a new worker can obey only once it runs the session. */
  afterRun(): readonly SessionCommand[] {
    const paused = this.#paused ? (['pause'] as const) : []
    const stopped = this.#stopped ? (['stop'] as const) : []
    return [...paused, ...stopped]
  }
}
