/**
 * One session as the page sees it: a worker, and its replacement when it dies, hangs or loses the graphics device. The
 * recordings and what was commanded are kept here, so that another worker goes on from the last checkpoint.
 */
import { type Problem, ProblemError } from '../../base/problem.ts'
import {
  type Attempt,
  firstAttempt,
  nextAttempt,
  startOf,
  type WorkerFailure,
} from '../../worker/restart-policy.ts'
import { type FailureReport, failureOf, SupervisedWorker } from '../../worker/supervised-worker.ts'
import type { BackendName } from '../vocoder-engine.ts'
import type { CheckpointStore } from './checkpoints/checkpoint-store.ts'
import type { TrainerCalls, TrainerMessage } from './protocol.ts'
import type { TrainingEvent, TrainingRequest, TrainingResult } from './training-engine.ts'

export type TrainerJobOptions = {
  readonly sessionId: string
  readonly request: TrainingRequest
  readonly baseUrl: string
  /** Take this backend or none. */
  readonly backend: BackendName | undefined
  readonly createWorker: () => Worker
  readonly hangSeconds: Readonly<Record<BackendName, number>>
  /** Takes the checkpoints that the disk does not. */
  readonly memory: CheckpointStore
  readonly onEvent: (event: TrainingEvent) => void
}

type Command = TrainerCalls['command']['payload']

const restarting: Problem = { code: 'trainer-restarting', message: 'Fine-tuning is being started anew.' }
const over: Problem = { code: 'trainer-ended', message: 'The session has ended.' }

export class TrainerJob {
  readonly #options: TrainerJobOptions
  readonly #snapshots = new Set<number>()
  #life: SupervisedWorker<TrainerCalls> | undefined
  #attempt: Attempt = firstAttempt
  /** Oldest first. */
  #endings: readonly WorkerFailure[] = []
  #restartReason: string | undefined
  #paused = false
  #stopped = false
  #held: boolean

  constructor(options: TrainerJobOptions, held: boolean) {
    this.#options = options
    this.#held = held
  }

  get sessionId(): string {
    return this.#options.sessionId
  }

  /** At most once; rejects as `TrainingEngine.start` does. */
  async run(): Promise<TrainingResult> {
    for (;;) {
      let ending: FailureReport | undefined
      const life = this.#spawn((report) => {
        ending = report
        life.end(restarting)
      })
      this.#life = life
      try {
        await life.started
        return await this.#runIn(life)
      } catch (thrown) {
        ending ??= failureOf(thrown)
        if (!ending) throw thrown
        if (ending.cause === 'backend-unfit' && life.backend !== 'webgpu') throw tooLarge(thrown)
        this.#prepareNext(ending, life.backend)
      } finally {
        life.end(over)
      }
    }
  }

  /** Kept for the workers to come. */
  command(command: Command): void {
    if (command === 'pause') this.#paused = true
    if (command === 'resume') this.#paused = false
    if (command === 'stop') this.#stopped = true
    if (command === 'hold') this.#held = true
    if (command === 'release') this.#held = false
    this.#send(command)
  }

  /** Rejects where there is no worker to ask, or it dies meanwhile. */
  async checkpointFile(): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.#life || this.#life.ended) throw new ProblemError(restarting)
    return this.#life.call('checkpointFile', { sessionId: this.sessionId })
  }

  /** Ends the worker at once; `run` rejects with `problem`. */
  end(problem: Problem): void {
    this.#life?.end(problem)
  }

  #spawn(onEnding: (ending: FailureReport) => void): SupervisedWorker<TrainerCalls> {
    const { baseUrl, backend, createWorker, hangSeconds } = this.#options
    const start = { baseUrl, ...startOf(this.#attempt, backend) }
    return new SupervisedWorker<TrainerCalls>({
      worker: createWorker(),
      watch: (connection, lockName, onProgress) => connection.call('watch', { lockName }, { onProgress }),
      start: (connection) => connection.call('start', start),
      hangSeconds,
      onEnding,
    })
  }

  async #runIn(life: SupervisedWorker<TrainerCalls>): Promise<TrainingResult> {
    const { sessionId, request, memory } = this.#options
    // Where the page has none, the disk may.
    const checkpoint = await memory.read(sessionId)
    if (this.#held) this.#send('hold')
    const result = life.call(
      'run',
      { sessionId, request, checkpoint },
      { onProgress: (message) => this.#hear(message, life) },
    )
    if (this.#paused) this.#send('pause')
    if (this.#stopped) this.#send('stop')
    return result
  }

  #send(command: Command): void {
    // A worker that is not there yet is told when it is.
    if (this.#life?.backend) this.#life.call('command', command).catch(() => {})
  }

  #hear(message: TrainerMessage, life: SupervisedWorker<TrainerCalls>): void {
    const { request, memory, onEvent } = this.#options
    if (message.kind === 'keep') void memory.save(message.session, request, message.checkpoint)
    else if (message.kind === 'forget') void memory.remove(message.sessionId)
    else {
      const { event } = message
      if (event.kind === 'checkpoint')
        this.#endings = this.#endings.map((ending) => ({ ...ending, recovered: true }))
      if (event.kind === 'phase' && event.phase === 'paused') this.#paused = true
      if (event.kind === 'started' && this.#restartReason !== undefined && life.backend) {
        onEvent({ kind: 'restarted', reason: this.#restartReason, step: event.step, backend: life.backend })
        this.#restartReason = undefined
      }
      // After a restart the same ones are made again.
      if (event.kind === 'snapshot') {
        if (this.#snapshots.has(event.step)) return
        this.#snapshots.add(event.step)
      }
      onEvent(event)
    }
  }

  /** Throws where going on is no use. */
  #prepareNext(
    { cause, reason }: FailureReport,
    backend: BackendName = this.#options.backend ?? 'wasm',
  ): void {
    this.#endings = [...this.#endings, { cause, backend, atSeconds: performance.now() / 1000 }]
    const next = nextAttempt(this.#endings, this.#attempt)
    if (!next) {
      throw new ProblemError({
        code: 'training-failed',
        message: `Fine-tuning stopped three times without getting on. ${reason}`,
        remedy:
          'Its last checkpoint is kept: close other pages and resume from it, or download it. If it stops again, begin anew with a smaller batch.',
      })
    }
    this.#attempt = next
    this.#restartReason = reason
  }
}

/** Of the same problem, with what helps a trainer. */
function tooLarge(thrown: unknown): unknown {
  if (!(thrown instanceof ProblemError) || thrown.problem.code !== 'out-of-memory') return thrown
  const remedy = 'Lower the batch or the length of the crops, or close other pages, and begin anew.'
  return new ProblemError({ ...thrown.problem, remedy }, { cause: thrown })
}
