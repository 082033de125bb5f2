/**
 * Fine-tuning as the page sees it: a worker for each session, which holds a lock that no other tab can have meanwhile. What
 * is kept between sessions is read here, so that a page which only asks starts no worker.
 */
import { type Problem, ProblemError } from '../../base/problem.ts'
import type { BackendName } from '../vocoder-engine.ts'
import { CheckpointKeeper } from './checkpoints/checkpoint-keeper.ts'
import { createMemoryStore, newSessionId } from './checkpoints/checkpoint-store.ts'
import { createDiskStore } from './checkpoints/disk-store.ts'
import { TrainerJob } from './trainer-job.ts'
import type {
  TrainingEngine,
  TrainingOptions,
  TrainingRequest,
  TrainingResult,
  UnfinishedSession,
} from './training-engine.ts'
import { isTrainingSomewhere, withTrainingLock } from './training-lock.ts'
import { checkpointGone, trainingElsewhere } from './training-problems.ts'

export type WorkerTrainerOptions = {
  /** Folder that holds `models/`; the document's base unless given. */
  readonly baseUrl?: string
  /** Take this backend or none. */
  readonly backend?: BackendName
  readonly createWorker?: () => Worker
  /** Seconds without a sign of life after which a worker counts as hung. */
  readonly hangSeconds?: Readonly<Record<BackendName, number>>
}

const spawnWorker = () =>
  new Worker(new URL('../worker.ts', import.meta.url), { type: 'module', name: 'trainer' })

/** wasm and cpu compute a step, forwards and backwards, at one go; on webgpu the worker mostly waits. */
const defaultHangSeconds = { webgpu: 30, wasm: 120, cpu: 600 }

const closed: Problem = { code: 'trainer-closed', message: 'Fine-tuning was closed.' }

/** No worker runs but during a session. */
export function connectTrainer(options: WorkerTrainerOptions = {}): TrainingEngine {
  return new WorkerTrainer(options)
}

class WorkerTrainer implements TrainingEngine {
  readonly #options: WorkerTrainerOptions
  readonly #memory = createMemoryStore()
  readonly #keeper = new CheckpointKeeper({ disk: createDiskStore(), memory: this.#memory })
  #job: TrainerJob | undefined
  /** A session is under way, or about to be. */
  #busy = false
  #holds = 0
  #closed = false

  constructor(options: WorkerTrainerOptions) {
    this.#options = options
  }

  async unfinished(): Promise<UnfinishedSession | undefined> {
    // What is under way is not unfinished, nor to be discarded.
    return (await isTrainingSomewhere()) ? undefined : this.#keeper.latest()
  }

  start(request: TrainingRequest, options?: TrainingOptions): Promise<TrainingResult> {
    return this.#run(newSessionId(), async () => request, options)
  }

  resumeSession(sessionId: string, options?: TrainingOptions): Promise<TrainingResult> {
    const kept = async () => {
      const request = await this.#keeper.request(sessionId)
      if (!request || !(await this.#keeper.read(sessionId))) throw checkpointGone(sessionId)
      return request
    }
    return this.#run(sessionId, kept, options)
  }

  pause(): void {
    this.#job?.command('pause')
  }

  resume(): void {
    this.#job?.command('resume')
  }

  stop(): void {
    this.#job?.command('stop')
  }

  hold(): () => void {
    if (this.#holds++ === 0) this.#job?.command('hold')
    let held = true
    return () => {
      if (!held) return
      held = false
      if (--this.#holds === 0) this.#job?.command('release')
    }
  }

  async checkpointFile(sessionId: string): Promise<Uint8Array<ArrayBuffer>> {
    const asked = this.#job?.sessionId === sessionId ? this.#job : undefined
    const checkpoint =
      (await asked?.checkpointFile().catch(() => undefined)) ?? (await this.#keeper.read(sessionId))
    if (!checkpoint) throw checkpointGone(sessionId)
    return checkpoint
  }

  async discard(sessionId: string): Promise<void> {
    await this.#keeper.remove(sessionId)
  }

  dispose(): void {
    this.#closed = true
    this.#job?.end(closed)
  }

  async #run(
    sessionId: string,
    readRequest: () => Promise<TrainingRequest>,
    { onEvent = () => {} }: TrainingOptions = {},
  ): Promise<TrainingResult> {
    if (this.#closed) throw new ProblemError(closed)
    if (this.#busy) throw trainingElsewhere()
    this.#busy = true
    const {
      baseUrl = document.baseURI,
      backend,
      createWorker = spawnWorker,
      hangSeconds = defaultHangSeconds,
    } = this.#options
    try {
      return await withTrainingLock(async () => {
        const request = await readRequest()
        if (this.#closed) throw new ProblemError(closed)
        const shared = { baseUrl, backend, createWorker, hangSeconds, memory: this.#memory, onEvent }
        this.#job = new TrainerJob({ sessionId, request, ...shared }, this.#holds > 0)
        return this.#job.run()
      })
    } finally {
      this.#job = undefined
      this.#busy = false
    }
  }
}
