/**
 * Keeps one worker running for the page. The first call spawns it. When the worker dies, hangs, loses its graphics
 * device or cannot do a job on its backend, the restart policy decides whether another replaces it and runs the calls
 * in progress again. The page keeps their input, so callers notice a restart only by `onEvent` and by progress that
 * starts over.
 */
import { throwIfCancelled, untilCancelled } from '../base/cancellation.ts'
import { type Problem, ProblemError, toProblem } from '../base/problem.ts'
import { concernsOneJob, type RestartPolicy, type WorkerFailure } from './restart-policy.ts'
import type { CallMap, CallOptions, Connection } from './rpc.ts'
import {
  type FailureReport,
  type StartReport,
  SupervisedWorker,
  type SupervisionOptions,
} from './supervised-worker.ts'
import { trustOwnWorkers } from './trusted-worker-urls.ts'

trustOwnWorkers()

export type SupervisorEvent<Report> =
  | { readonly kind: 'restarted'; readonly reason: string; readonly backend: Report }
  | { readonly kind: 'failed'; readonly reason: string }

export type SupervisorOptions<Calls extends CallMap, Report extends StartReport, Attempt> = Pick<
  SupervisionOptions<Calls, Report>,
  'watch' | 'hangSeconds'
> & {
  readonly createWorker: () => Worker
  readonly start: (connection: Connection<Calls>, attempt: Attempt) => Promise<Report>
  readonly policy: RestartPolicy<Report['name'], Attempt>
  /** The backend to blame if a worker fails before it has reported one. */
  readonly presumedBackend: () => Report['name']
  /** Recognises rejections that mean that the worker, or its backend, is no longer usable. */
  readonly toFailure?: (thrown: unknown) => FailureReport | undefined
  /** Returns the problem with which calls in progress reject when the policy gives up. */
  readonly giveUpProblem: (reason: string) => Problem
  readonly onEvent?: (event: SupervisorEvent<Report>) => void
}

const restarting: Problem = { code: 'worker-restarting', message: 'The worker is being replaced.' }

export class WorkerSupervisor<Calls extends CallMap, Report extends StartReport, Attempt> {
  readonly #options: SupervisorOptions<Calls, Report, Attempt>
  #worker: SupervisedWorker<Calls, Report> | undefined
  #attempt: Attempt
  /** All failures since the policy last gave up, oldest first. */
  #failures: readonly WorkerFailure<Report['name']>[] = []
  #closed: Problem | undefined

  constructor(options: SupervisorOptions<Calls, Report, Attempt>) {
    this.#options = options
    this.#attempt = options.policy.firstAttempt
  }

  /** Undefined before the first call, and after a failure without a restart. */
  get worker(): SupervisedWorker<Calls, Report> | undefined {
    return this.#worker
  }

  call<Kind extends keyof Calls & string>(
    kind: Kind,
    payload: Calls[Kind]['payload'],
    options?: CallOptions<Calls[Kind]['progress']>,
  ): Promise<Calls[Kind]['reply']> {
    return this.run((worker) => worker.call(kind, payload, options), options?.signal)
  }

  /**
   * Calls the worker as `call` does, but right after its `start`, without waiting for its backend. If the start fails,
   * the call rejects with the problem of the start.
   */
  callAtOnce<Kind extends keyof Calls & string>(
    kind: Kind,
    payload: Calls[Kind]['payload'],
    options?: CallOptions<Calls[Kind]['progress']>,
  ): Promise<Calls[Kind]['reply']> {
    const act = async (worker: SupervisedWorker<Calls, Report>) => worker.call(kind, payload, options)
    return untilCancelled(this.#runUntilAnswered(act, options?.signal), options?.signal)
  }

  /**
   * Calls `act` with a worker that has started, and again with each replacement, until one answers. Rejects at once if
   * `signal` is aborted, whatever the worker does.
   */
  run<Reply>(
    act: (worker: SupervisedWorker<Calls, Report>) => Promise<Reply>,
    signal?: AbortSignal,
  ): Promise<Reply> {
    const actWhenStarted = async (worker: SupervisedWorker<Calls, Report>) => {
      await worker.started
      return act(worker)
    }
    return untilCancelled(this.#runUntilAnswered(actWhenStarted, signal), signal)
  }

  /** Records that a job has finished: earlier failures no longer count towards giving up. */
  markRecovered(): void {
    this.#failures = this.#failures.map((failure) => ({ ...failure, recovered: true }))
  }

  /** Ends the worker for good; calls in progress and later ones reject with `problem`. */
  close(problem: Problem): void {
    this.#closed ??= problem
    this.#worker?.end(problem)
  }

  async #runUntilAnswered<Reply>(
    act: (worker: SupervisedWorker<Calls, Report>) => Promise<Reply>,
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    for (;;) {
      throwIfCancelled(signal)
      const worker = this.#currentWorker()
      try {
        return await act(worker)
      } catch (thrown) {
        const failure = this.#options.toFailure?.(thrown)
        if (failure) this.#handleFailure(worker, failure)
        if (!worker.ended) throw thrown
        if (worker.ended !== restarting) throw new ProblemError(worker.ended, { cause: thrown })
      }
    }
  }

  #currentWorker(): SupervisedWorker<Calls, Report> {
    if (this.#closed) throw new ProblemError(this.#closed)
    this.#worker ??= this.#spawn()
    return this.#worker
  }

  #spawn(): SupervisedWorker<Calls, Report> {
    const { createWorker, watch, start, hangSeconds } = this.#options
    const attempt = this.#attempt
    const worker = new SupervisedWorker<Calls, Report>({
      worker: createWorker(),
      watch,
      start: (connection) => start(connection, attempt),
      hangSeconds,
      onFailure: (failure) => this.#handleFailure(worker, failure),
    })
    // A worker that could not start is dropped, and the next call spawns another.
    worker.started.catch((thrown) => {
      if (worker.ended) return
      if (this.#worker === worker) this.#worker = undefined
      worker.end(toProblem(thrown))
    })
    return worker
  }

  /** Ends `worker`, and replaces it if the policy has another attempt. */
  #handleFailure(worker: SupervisedWorker<Calls, Report>, { cause, reason }: FailureReport): void {
    if (worker !== this.#worker || worker.ended) return
    const { policy, presumedBackend, giveUpProblem, onEvent } = this.#options
    const backend = worker.report?.name ?? presumedBackend()
    this.#failures = [...this.#failures, { cause, backend, atSeconds: performance.now() / 1000 }]
    const next = policy.nextAttempt(this.#failures, this.#attempt)
    if (next !== undefined) {
      this.#attempt = next
      worker.end(restarting)
      const replacement = this.#spawn()
      this.#worker = replacement
      replacement.started.then(
        (report) => onEvent?.({ kind: 'restarted', reason, backend: report }),
        () => {},
      )
    } else if (!concernsOneJob(cause)) {
      // A worker whose backend is unfit only for this job can still do others, so it stays.
      this.#worker = undefined
      this.#attempt = policy.firstAttempt
      this.#failures = []
      worker.end(giveUpProblem(reason))
      onEvent?.({ kind: 'failed', reason })
    }
  }
}
