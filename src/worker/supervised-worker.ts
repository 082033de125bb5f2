/**
 * Watches one worker from its creation to its end. Browsers do not tell when a worker dies, so each worker holds a Web Lock,
 * and the page waits for the lock's release. The page notices a worker that hangs because its heartbeats stop.
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
  /** Makes the call by which the worker is asked for signals. */
  readonly watch: (
    connection: Connection<Calls>,
    payload: WatchCall['payload'],
    options: CallOptions<HeartbeatSignal>,
  ) => Promise<never>
  /** Makes the call by which the worker is asked to choose its backend. */
  readonly start: (connection: Connection<Calls>) => Promise<Report>
  /**
   * Seconds without a signal, while a call is under way, after which the worker counts as hung. Until its backend is known
   * the longest of them applies. Where they are left out the worker may be silent for ever, and any uncaught error counts as
   * its end.
   */
  readonly hangSeconds?: Readonly<Record<Report['name'], number>>
  /** Called when the worker has failed and must be ended; not called after `end`. */
  readonly onFailure: (failure: FailureReport) => void
}

export class SupervisedWorker<Calls extends CallMap, Report extends StartReport> {
  /** Resolves once the worker has its backend and has told whether it holds its lock. Rejects where it ends before. */
  readonly started: Promise<Report>
  readonly #options: SupervisionOptions<Calls, Report>
  readonly #connection: Connection<Calls>
  readonly #lockName = `worker-${crypto.randomUUID?.() ?? Math.random()}`
  readonly #lockRequest = new AbortController()
  readonly #watchdog: ReturnType<typeof setInterval> | undefined
  #report: Report | undefined
  #callsUnderWay = 0
  #silentSeconds = 0
  #heard = false
  #ended: Problem | undefined

  constructor(options: SupervisionOptions<Calls, Report>) {
    this.#options = options
    const { worker, start, hangSeconds } = options
    this.#connection = connect<Calls>(worker)
    worker.addEventListener('error', (event) => {
      // A later error, in a stray promise for instance, need not end the worker; where it does, the silence will show.
      if (!this.#heard || !hangSeconds)
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

  /** Ends the worker; calls under way reject with `problem`, and nothing that it still sends is heard. */
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

  /** Resolves once the worker has told whether it holds its lock; rejects where it ends before. */
  #watch(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onProgress = (signal: HeartbeatSignal) => {
        this.#hear(signal)
        if (signal.kind === 'locked' || signal.kind === 'unlocked') resolve()
      }
      this.#options.watch(this.#connection, { lockName: this.#lockName }, { onProgress }).catch(reject)
    })
  }

  #hear(signal: HeartbeatSignal): void {
    this.#heard = true
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
   * Counts ticks rather than time. While the computer sleeps or the page is frozen nothing ticks, so waking up does not look
   * like a long silence.
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
