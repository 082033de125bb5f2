/**
 * One worker, from its birth to its end. Browsers do not tell when a worker dies, so it holds a Web Lock whose release is
 * noticed; a worker that is stuck is noticed by the heartbeats that stay away.
 */
import { type Problem, ProblemError } from '../base/problem.ts'
import type { BackendName, BackendReport, CallOptions } from '../engine/vocoder-engine.ts'
import type { HeartbeatSignal } from './heartbeat.ts'
import type { WorkerFailure } from './restart-policy.ts'
import { type CallMap, type Connection, connect } from './rpc.ts'

export type FailureReport = { readonly cause: WorkerFailure['cause']; readonly reason: string }

export type SupervisionOptions<Calls extends CallMap> = {
  readonly worker: Worker
  /** Asks for signs of life, by the call that the worker has for it. */
  readonly watch: (
    connection: Connection<Calls>,
    lockName: string,
    onSign: (sign: HeartbeatSignal) => void,
  ) => Promise<unknown>
  /** Asks for a backend. */
  readonly start: (connection: Connection<Calls>) => Promise<BackendReport>
  /** Seconds without a sign while work is under way; the longest of them until the backend is known. */
  readonly hangSeconds: Readonly<Record<BackendName, number>>
  /** The worker is of no more use; told at most once, and not after `end`. */
  readonly onEnding: (ending: FailureReport) => void
}

export class SupervisedWorker<Calls extends CallMap> {
  /** Rejects when no backend could be had, or when the worker ends before it has one. */
  readonly started: Promise<BackendReport>
  readonly #options: SupervisionOptions<Calls>
  readonly #connection: Connection<Calls>
  readonly #lockName = `vocoder-${crypto.randomUUID?.() ?? Math.random()}`
  readonly #lockRequest = new AbortController()
  readonly #watchdog: ReturnType<typeof setInterval>
  #backend: BackendName | undefined
  #callsUnderWay = 0
  #silentSeconds = 0
  #heard = false
  #ended: Problem | undefined

  constructor(options: SupervisionOptions<Calls>) {
    this.#options = options
    const { worker, watch, start } = options
    this.#connection = connect<Calls>(worker)
    worker.addEventListener('error', (event) => {
      // Later errors, of a stray promise for instance, need not be the end; silence will tell.
      if (!this.#heard)
        this.#report('worker-lost', `Its script could not be run: ${event.message || 'not loaded'}.`)
    })
    this.#watchdog = setInterval(() => this.#countSilence(), 1000)
    watch(this.#connection, this.#lockName, (sign) => this.#hear(sign)).catch(() => {})
    this.started = this.#busy(start(this.#connection)).then((report) => {
      this.#backend = report.name
      return report
    })
    this.started.catch(() => {})
  }

  /** Undefined until a backend has been chosen. */
  get backend(): BackendName | undefined {
    return this.#backend
  }

  /** Why this life was ended; undefined while it lasts. */
  get ended(): Problem | undefined {
    return this.#ended
  }

  call<Kind extends keyof Calls & string>(
    kind: Kind,
    payload: Calls[Kind]['payload'],
    options?: CallOptions<Calls[Kind]['progress']>,
  ): Promise<Calls[Kind]['reply']> {
    return this.#busy(this.#connection.call(kind, payload, options))
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

  async #busy<Reply>(reply: Promise<Reply>): Promise<Reply> {
    if (this.#callsUnderWay++ === 0) this.#silentSeconds = 0
    return reply.finally(() => this.#callsUnderWay--)
  }

  #hear(sign: HeartbeatSignal): void {
    this.#heard = true
    this.#silentSeconds = 0
    if (sign.kind === 'locked') this.#noticeRelease()
    if (sign.kind === 'failed') this.#report('device-lost', sign.reason)
  }

  #noticeRelease(): void {
    navigator.locks
      .request(this.#lockName, { signal: this.#lockRequest.signal }, () =>
        this.#report('worker-lost', 'Its worker ended unexpectedly.'),
      )
      .catch(() => {})
  }

  /**
   * Counts ticks rather than time: while the computer sleeps or the page is frozen nothing ticks, so waking up does not
   * look like a long silence.
   */
  #countSilence(): void {
    if (this.#callsUnderWay === 0) return
    this.#silentSeconds++
    const limits = this.#options.hangSeconds
    const limit = this.#backend ? limits[this.#backend] : Math.max(...Object.values(limits))
    if (this.#silentSeconds > limit)
      this.#report('worker-hung', `Its worker gave no sign of life for ${limit} s.`)
  }

  #report(cause: WorkerFailure['cause'], reason: string): void {
    if (!this.#ended) this.#options.onEnding({ cause, reason })
  }
}

/** The cause by which an answer says that its worker, or the backend there, is of no more use. */
export function failureOf(thrown: unknown): FailureReport | undefined {
  if (!(thrown instanceof ProblemError)) return undefined
  const { code, message } = thrown.problem
  if (code === 'device-lost') return { cause: 'device-lost', reason: message }
  if (code === 'out-of-memory' || code === 'gpu-error') return { cause: 'backend-unfit', reason: message }
  return undefined
}
