/**
 * Watches one worker from its creation to its end. Browsers do not report that a worker has died, so each worker holds
 * a Web Lock and the page waits for its release. The page detects a hung worker because its heartbeats stop.
 */
import type { Problem } from '../base/problem.ts'
import type { HeartbeatSignal, WatchCall } from './heartbeat.ts'
import type { WorkerFailure } from './restart-policy.ts'
import { type CallMap, type CallOptions, type Connection, connect } from './rpc.ts'

export type FailureReport = { readonly cause: WorkerFailure<string>['cause']; readonly reason: string }

/** A worker reports this when it has started: at least the name of its backend. */
export type StartReport = { readonly name: string }

export type SupervisionOptions<Calls extends CallMap, Report extends StartReport> = {
  readonly worker: Worker
  /** Makes the call that requests the worker's heartbeats. */
  readonly watch: (
    connection: Connection<Calls>,
    payload: WatchCall['payload'],
    options: CallOptions<HeartbeatSignal>,
  ) => Promise<never>
  /** Makes the call that tells the worker to choose its backend. */
  readonly start: (connection: Connection<Calls>) => Promise<Report>
  /**
   * Seconds without a signal, during a call, after which the worker counts as hung, by backend. Until the backend is
   * known the largest value applies. Without this option the worker may be silent for any time, and any uncaught error
   * counts as its end.
   */
  readonly hangSeconds?: Readonly<Record<Report['name'], number>>
  /** Called when the worker has failed and must be ended; not called after `end`. */
  readonly onFailure: (failure: FailureReport) => void
}

export class SupervisedWorker<Calls extends CallMap, Report extends StartReport> {
  /** Resolves once the worker has its backend and has reported whether it holds its lock; rejects if it ends before. */
  readonly started: Promise<Report>
  readonly #options: SupervisionOptions<Calls, Report>
  readonly #connection: Connection<Calls>
  readonly #lockName = `worker-${crypto.randomUUID?.() ?? Math.random()}`
  readonly #lockRequest = new AbortController()
  readonly #watchdog: ReturnType<typeof setInterval> | undefined
  #report: Report | undefined
  #callsUnderWay = 0
  #silentSeconds = 0
  #received = false
  #ended: Problem | undefined

  constructor(options: SupervisionOptions<Calls, Report>) {
    this.#options = options
    const { worker, start, hangSeconds } = options
    this.#connection = connect<Calls>(worker)
    worker.addEventListener('error', (event) => {
      // A later error, such as an unhandled rejection, need not end the worker; if it does, the silence limit detects
      // it.
      if (!this.#received || !hangSeconds)
        this.#fail('worker-lost', `Its script could not be run: ${event.message || 'not loaded'}.`)
    })
    if (hangSeconds) this.#watchdog = setInterval(() => this.#countSilence(hangSeconds), 1000)
    const watched = this.#watch()
    this.started = this.#whileBusy(Promise.all([start(this.#connection), watched])).then(([report]) => {
      this.#report = report
      return report
    })
    this.started.catch(() => {})
  }

  /** Undefined until the worker has started. */
  get report(): Report | undefined {
    return this.#report
  }

  /** The reason why the worker was ended; undefined while it lives. */
  get ended(): Problem | undefined {
    return this.#ended
  }

  call<Kind extends keyof Calls & string>(
    kind: Kind,
    payload: Calls[Kind]['payload'],
    options?: CallOptions<Calls[Kind]['progress']>,
  ): Promise<Calls[Kind]['reply']> {
    return this.#whileBusy(this.#connection.call(kind, payload, options))
  }

  /** Ends the worker. Calls in progress reject with `problem`, and later messages are ignored. */
  end(problem: Problem): void {
    if (this.#ended) return
    this.#ended = problem
    clearInterval(this.#watchdog)
    this.#lockRequest.abort()
    this.#options.worker.terminate()
    this.#connection.close(problem)
  }

  async #whileBusy<Reply>(reply: Promise<Reply>): Promise<Reply> {
    if (this.#callsUnderWay++ === 0) this.#silentSeconds = 0
    return reply.finally(() => this.#callsUnderWay--)
  }

  /** Resolves once the worker has reported whether it holds its lock; rejects if the worker ends before. */
  #watch(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onProgress = (signal: HeartbeatSignal) => {
        this.#receive(signal)
        if (signal.kind === 'locked' || signal.kind === 'unlocked') resolve()
      }
      this.#options.watch(this.#connection, { lockName: this.#lockName }, { onProgress }).catch(reject)
    })
  }

  #receive(signal: HeartbeatSignal): void {
    this.#received = true
    this.#silentSeconds = 0
    if (signal.kind === 'locked') this.#noticeRelease()
    if (signal.kind === 'failed') this.#fail('device-lost', signal.reason)
  }

  #noticeRelease(): void {
    navigator.locks
      .request(this.#lockName, { signal: this.#lockRequest.signal }, () =>
        this.#fail('worker-lost', 'Its worker ended unexpectedly.'),
      )
      .catch(() => {})
  }

  /**
   * Counts ticks instead of measuring time. Timers do not tick while the computer sleeps or the page is frozen, so
   * waking up does not look like a long silence.
   */
  #countSilence(hangSeconds: Readonly<Record<Report['name'], number>>): void {
    if (this.#callsUnderWay === 0) return
    this.#silentSeconds++
    const backend: Report['name'] | undefined = this.#report?.name
    const limit = backend ? hangSeconds[backend] : Math.max(...Object.values<number>(hangSeconds))
    if (this.#silentSeconds > limit)
      this.#fail('worker-hung', `Its worker gave no sign of life for ${limit} s.`)
  }

  #fail(cause: FailureReport['cause'], reason: string): void {
    if (!this.#ended) this.#options.onFailure({ cause, reason })
  }
}
