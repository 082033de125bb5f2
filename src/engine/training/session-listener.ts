/**
 * Receives the messages of all workers of one session. It passes events on to the page, except snapshots that a restart
 * repeats. It keeps checkpoints that do not fit on the disk in the page's memory, which outlives a worker.
 */
import type { BackendName } from '../vocoder-engine.ts'
import type { CheckpointStore } from './checkpoints/checkpoint-store.ts'
import type { TrainerMessage } from './protocol.ts'
import type { TrainingEvent, TrainingRequest } from './training-engine.ts'

export type SessionListenerOptions = {
  readonly request: TrainingRequest
  readonly memory: CheckpointStore
  readonly onEvent: (event: TrainingEvent) => void
}

export class SessionListener {
  readonly #options: SessionListenerOptions
  readonly #snapshotSteps = new Set<number>()
  #restartReason: string | undefined

  constructor(options: SessionListenerOptions) {
    this.#options = options
  }

  /** Records that another worker has started. The page is told once the session continues there. */
  noteRestart(reason: string): void {
    this.#restartReason = reason
  }

  receive(message: TrainerMessage, backend: BackendName): void {
    const { request, memory } = this.#options
    if (message.kind === 'keep') void memory.save(message.session, request, message.checkpoint)
    else if (message.kind === 'forget') void memory.remove(message.sessionId)
    else this.#pass(message.event, backend)
  }

  #pass(event: TrainingEvent, backend: BackendName): void {
    const { onEvent } = this.#options
    if (event.kind === 'started' && this.#restartReason !== undefined) {
      onEvent({ kind: 'restarted', reason: this.#restartReason, step: event.step, backend })
      this.#restartReason = undefined
    }
    if (event.kind === 'snapshot') {
      if (this.#snapshotSteps.has(event.step)) return
      this.#snapshotSteps.add(event.step)
    }
    onEvent(event)
  }
}
