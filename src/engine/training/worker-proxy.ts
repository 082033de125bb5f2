/**
 * Fine-tuning for the page. Each session has a worker, and a lock that keeps other tabs from training at the same time.
 * When the worker fails, another continues from the last checkpoint. The page itself reads stored sessions, so looking
 * for them starts no worker.
 */
import { type Problem, ProblemError } from '../../base/problem.ts'
import type { SupervisedWorker } from '../../worker/supervised-worker.ts'
import { WorkerSupervisor } from '../../worker/supervisor.ts'
import { type Attempt, startOptions, toFailure, trainerPolicy } from '../restart-rules.ts'
import type { BackendName, BackendReport } from '../vocoder-engine.ts'
import type { WorkerEngineOptions } from '../worker-proxy.ts'
import { CheckpointKeeper } from './checkpoints/checkpoint-keeper.ts'
import { createMemoryStore, newSessionId } from './checkpoints/checkpoint-store.ts'
import { createDiskStore } from './checkpoints/disk-store.ts'
import type { TrainerCalls } from './protocol.ts'
import { type SessionCommand, SessionCommands } from './session-commands.ts'
import { SessionListener } from './session-listener.ts'
import type { TrainingEngine, TrainingOptions, TrainingRequest, TrainingResult } from './training-engine.ts'
import { isTrainingSomewhere, withTrainingLock } from './training-lock.ts'
import { checkpointGone, trainingElsewhere } from './training-problems.ts'

export type WorkerTrainerOptions = WorkerEngineOptions & {
  /** The only backend to try. */
  readonly backend?: BackendName
}

const spawnWorker = () =>
  new Worker(new URL('../worker.ts', import.meta.url), { type: 'module', name: 'trainer' })

/** On wasm and cpu a step, forward and backward, is computed without a pause; on webgpu the worker mostly waits. */
const defaultHangSeconds = { webgpu: 30, wasm: 120, cpu: 600 }

const closed: Problem = { code: 'trainer-closed', message: 'Fine-tuning was closed.' }
const over: Problem = { code: 'trainer-ended', message: 'The session has ended.' }

/** A session in progress, with the data that the page keeps of it for later workers. */
type Session = {
  readonly sessionId: string
  readonly request: TrainingRequest
  readonly supervisor: WorkerSupervisor<TrainerCalls, BackendReport, Attempt>
  readonly commands: SessionCommands
  readonly listener: SessionListener
}

/** Connects to the trainer. A worker runs only during a session. */
export function connectTrainer(options: WorkerTrainerOptions = {}): TrainingEngine {
  return new WorkerTrainer(options)
}

class WorkerTrainer implements TrainingEngine {
  readonly #options: WorkerTrainerOptions
  readonly #memory = createMemoryStore()
  readonly #keeper = new CheckpointKeeper({ disk: createDiskStore(), memory: this.#memory })
  #session: Session | undefined
  /** True while a session is in progress or about to start. */
  #busy = false
  #holds = 0
  #closed = false

  constructor(options: WorkerTrainerOptions) {
    this.#options = options
  }

  readonly unfinished: TrainingEngine['unfinished'] = async () =>
    // A session in progress is not unfinished and must not be discarded.
    (await isTrainingSomewhere()) ? undefined : this.#keeper.latest()

  readonly start: TrainingEngine['start'] = (request, options) =>
    this.#run(newSessionId(), async () => request, options)

  readonly resumeSession: TrainingEngine['resumeSession'] = (sessionId, options) => {
    const kept = async () => {
      const request = await this.#keeper.request(sessionId)
      if (!request || !(await this.#keeper.read(sessionId))) throw checkpointGone(sessionId)
      return request
    }
    return this.#run(sessionId, kept, options)
  }

  pause(): void {
    this.#command('pause')
  }

  resume(): void {
    this.#command('resume')
  }

  stop(): void {
    this.#command('stop')
  }

  hold(): () => void {
    if (this.#holds++ === 0) this.#command('hold')
    let held = true
    return () => {
      if (!held) return
      held = false
      if (--this.#holds === 0) this.#command('release')
    }
  }

  readonly checkpointFile: TrainingEngine['checkpointFile'] = async (sessionId) => {
    const worker = this.#session?.sessionId === sessionId ? this.#session.supervisor.worker : undefined
    const checkpoint =
      (await worker?.call('checkpointFile', { sessionId }).catch(() => undefined)) ??
      (await this.#keeper.read(sessionId))
    if (!checkpoint) throw checkpointGone(sessionId)
    return checkpoint
  }

  async discard(sessionId: string): Promise<void> {
    await this.#keeper.remove(sessionId)
  }

  dispose(): void {
    this.#closed = true
    this.#session?.supervisor.close(closed)
  }

  async #run(
    sessionId: string,
    readRequest: () => Promise<TrainingRequest>,
    { onEvent = () => {} }: TrainingOptions = {},
  ): Promise<TrainingResult> {
    if (this.#closed) throw new ProblemError(closed)
    if (this.#busy) throw trainingElsewhere()
    this.#busy = true
    try {
      return await withTrainingLock(async () => {
        const request = await readRequest()
        if (this.#closed) throw new ProblemError(closed)
        const session = this.#open(sessionId, request, onEvent)
        this.#session = session
        return session.supervisor.run((worker) => this.#runIn(worker, session))
      })
    } catch (thrown) {
      throw withTrainersRemedy(thrown)
    } finally {
      this.#session?.supervisor.close(over)
      this.#session = undefined
      this.#busy = false
    }
  }

  #open(
    sessionId: string,
    request: TrainingRequest,
    onEvent: NonNullable<TrainingOptions['onEvent']>,
  ): Session {
    const { baseUrl, backend, createWorker = spawnWorker, hangSeconds = defaultHangSeconds } = this.#options
    const commands = new SessionCommands(this.#holds > 0)
    const supervisor = new WorkerSupervisor<TrainerCalls, BackendReport, Attempt>({
      createWorker,
      watch: (connection, payload, options) => connection.call('watch', payload, options),
      start: (connection, attempt) => connection.call('start', startOptions(attempt, { baseUrl, backend })),
      hangSeconds,
      policy: trainerPolicy,
      presumedBackend: () => backend ?? 'wasm',
      toFailure,
      giveUpProblem: (reason) => ({
        code: 'training-failed',
        message: `Fine-tuning stopped three times without making progress. ${reason}`,
        remedy:
          'Close other pages, and resume from the last checkpoint if the page offers one. If it stops again, start again with a smaller batch.',
      }),
      onEvent: (event) => {
        if (event.kind === 'restarted') listener.noteRestart(event.reason)
      },
    })
    const listener = new SessionListener({
      request,
      memory: this.#memory,
      onEvent: (event) => {
        if (event.kind === 'checkpoint') supervisor.markRecovered()
        if (event.kind === 'phase' && event.phase === 'paused') commands.keep('pause')
        onEvent(event)
      },
    })
    return { sessionId, request, supervisor, commands, listener }
  }

  async #runIn(
    worker: SupervisedWorker<TrainerCalls, BackendReport>,
    { sessionId, request, commands, listener }: Session,
  ): Promise<TrainingResult> {
    const { name: backend } = await worker.started
    // If the page's memory has no checkpoint, the worker looks for one on the disk.
    const checkpoint = await this.#memory.read(sessionId)
    for (const command of commands.beforeRun()) send(worker, command)
    const result = worker.call(
      'run',
      { sessionId, request, checkpoint },
      { onProgress: (message) => listener.receive(message, backend) },
    )
    for (const command of commands.afterRun()) send(worker, command)
    return result
  }

  #command(command: SessionCommand): void {
    const { commands, supervisor } = this.#session ?? {}
    commands?.keep(command)
    // A worker that has not started yet receives the command when it runs the session.
    if (supervisor?.worker?.report) send(supervisor.worker, command)
  }
}

function send(worker: SupervisedWorker<TrainerCalls, BackendReport>, command: SessionCommand): void {
  // If the worker ends in the meantime, the next one receives the command.
  worker.call('command', command).catch(() => {})
}

/** Gives an `out-of-memory` problem the remedy that helps in training; returns anything else unchanged. */
function withTrainersRemedy(thrown: unknown): unknown {
  if (!(thrown instanceof ProblemError) || thrown.problem.code !== 'out-of-memory') return thrown
  const remedy = 'Lower the batch or the length of the crops, or close other pages, and start again.'
  return new ProblemError({ ...thrown.problem, remedy }, { cause: thrown })
}
