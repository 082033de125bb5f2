/**
 * Fine-tuning in the calling thread. The worker and tests in Node run it. It does not survive a lost graphics device:
 * the supervisor then starts another worker.
 */

import { letMessagesIn } from '../../base/cancellation.ts'
import { type Problem, ProblemError } from '../../base/problem.ts'
import { type BackendOptions, type ChosenBackend, chooseBackend } from '../backends/backends.ts'
import { type CatalogOptions, catalogOf, type ModelCatalog } from '../models/models.ts'
import type { UserModelRecords } from '../models/user-model-database.ts'
import { chunkFramesLadder } from '../restart-rules.ts'
import { chunkScale } from '../synthesis/synthesis.ts'
import type { BackendReport } from '../vocoder-engine.ts'
import { decodeCheckpoint } from './checkpoints/checkpoint-file.ts'
import { CheckpointKeeper, type Stores } from './checkpoints/checkpoint-keeper.ts'
import { newSessionId } from './checkpoints/checkpoint-store.ts'
import { TrainingSession } from './session.ts'
import { SessionGate } from './session-gate.ts'
import type { CreateLearner, SessionOptions } from './session-options.ts'
import { Learner } from './steps/learner.ts'
import type { TrainingEngine, TrainingOptions, TrainingRequest, TrainingResult } from './training-engine.ts'
import { checkpointGone, trainingElsewhere } from './training-problems.ts'

export type TrainerOptions = BackendOptions &
  Omit<CatalogOptions, 'userModels'> & {
    readonly userModels: UserModelRecords
    readonly stores: Stores
    /** Maximum number of frames per chunk when snapshots are synthesized; 256 by default. */
    readonly maxChunkFrames?: number
    /** Replaces the learner in tests. */
    readonly createLearner?: CreateLearner
    readonly checkpointEvery?: SessionOptions['checkpointEvery']
  }

/** A session to begin, or to resume if it has a checkpoint. */
export type SessionJob = {
  readonly sessionId: string
  /** The request; the stored one by default. */
  readonly request?: TrainingRequest
  /** The checkpoint; the stored one by default. */
  readonly checkpoint?: Uint8Array<ArrayBuffer>
}

type Current = { readonly sessionId: string; readonly gate: SessionGate; session?: TrainingSession }

const closed: Problem = { code: 'trainer-closed', message: 'Fine-tuning was closed.' }

/** tfjs has one backend at a time per thread, so a thread should have only one trainer, and no engine besides. */
export class InThreadTrainer implements TrainingEngine {
  readonly #options: TrainerOptions
  readonly #catalog: ModelCatalog
  readonly #keeper: CheckpointKeeper
  #started: Promise<ChosenBackend> | undefined
  #current: Current | undefined
  #holds = 0
  #closed = false

  constructor(options: TrainerOptions) {
    this.#options = options
    this.#catalog = catalogOf(options)
    this.#keeper = new CheckpointKeeper(options.stores)
  }

  /** Chooses a backend. `onLost` is called with the reason when its graphics device is lost. */
  async begin(onLost: (reason: string) => void = () => {}): Promise<BackendReport> {
    const { report, gpu } = await this.#backend()
    gpu?.lost.then(onLost)
    return report
  }

  readonly unfinished: TrainingEngine['unfinished'] = () => this.#keeper.latest()

  readonly start: TrainingEngine['start'] = (request, options) =>
    this.run({ sessionId: newSessionId(), request }, options)

  readonly resumeSession: TrainingEngine['resumeSession'] = (sessionId, options) =>
    this.run({ sessionId }, options)

  async run(
    { sessionId, ...job }: SessionJob,
    { onEvent = () => {} }: TrainingOptions = {},
  ): Promise<TrainingResult> {
    if (this.#closed) throw new ProblemError(closed)
    if (this.#current) throw trainingElsewhere()
    const gate = new SessionGate(this.#holds)
    const current: Current = { sessionId, gate }
    this.#current = current
    try {
      onEvent({ kind: 'phase', phase: 'preparing' })
      const { request, checkpoint } = await this.#inputs(sessionId, job)
      const backend = await this.#backend()
      const base = await this.#catalog.files(request.modelId)
      await letMessagesIn()
      const {
        createLearner = Learner.create,
        checkpointEvery = { steps: 25, seconds: 30 },
        maxChunkFrames = chunkFramesLadder[0],
        userModels,
      } = this.#options
      const limits = { chunkFrames: maxChunkFrames * chunkScale(backend.report.name, base.config) }
      current.session = new TrainingSession({
        sessionId,
        request,
        checkpoint,
        base,
        backend,
        limits,
        createLearner,
        checkpointEvery,
        keeper: this.#keeper,
        userModels,
        gate,
        onEvent,
      })
      return await current.session.run()
    } finally {
      this.#current = undefined
    }
  }

  pause(): void {
    this.#current?.gate.pause()
  }

  resume(): void {
    this.#current?.gate.resume()
  }

  stop(): void {
    this.#current?.gate.stop()
  }

  hold(): () => void {
    this.#holds++
    this.#current?.gate.hold()
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#holds--
      this.#current?.gate.release()
    }
  }

  readonly checkpointFile: TrainingEngine['checkpointFile'] = async (sessionId) => {
    const { session, sessionId: currentId } = this.#current ?? {}
    if (session && currentId === sessionId) return session.checkpointFile()
    const kept = await this.#keeper.read(sessionId)
    if (!kept) throw checkpointGone(sessionId)
    return kept
  }

  async discard(sessionId: string): Promise<void> {
    if (this.#current?.sessionId === sessionId) this.stop()
    await this.#keeper.remove(sessionId)
  }

  dispose(): void {
    this.#closed = true
    this.stop()
    this.#started?.then(
      ({ gpu }) => gpu?.close(),
      () => {},
    )
  }

  #backend(): Promise<ChosenBackend> {
    this.#started ??= chooseBackend(this.#options)
    this.#started.catch(() => {
      this.#started = undefined
    })
    return this.#started
  }

  /** Reads the inputs of a session. A stored checkpoint takes precedence over the request's, because it is newer. */
  async #inputs(sessionId: string, job: Pick<SessionJob, 'request' | 'checkpoint'>) {
    const asked = job.request ?? (await this.#keeper.request(sessionId))
    if (!asked) throw checkpointGone(sessionId)
    const { checkpoint: brought, ...request } = asked
    const bytes = job.checkpoint ?? (await this.#keeper.read(sessionId)) ?? brought
    if (!job.request && !bytes) throw checkpointGone(sessionId)
    if (!bytes) return { request, checkpoint: undefined }
    const checkpoint = decodeCheckpoint(bytes, 'The checkpoint')
    const settings = { ...checkpoint.settings, steps: request.settings.steps }
    return { request: { ...request, settings }, checkpoint }
  }
}
