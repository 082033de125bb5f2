import { afterEach, expect, test, vi } from 'vitest'
import { type Problem, ProblemError } from '../base/problem.ts'
import type { HeartbeatSignal, WatchCall } from './heartbeat.ts'
import { neverRestart, type RestartPolicy } from './restart-policy.ts'
import { type Port, serve } from './rpc.ts'
import { type SupervisorEvent, WorkerSupervisor } from './supervisor.ts'

type Calls = {
  watch: WatchCall
  start: { payload: { readonly attempt: number }; reply: { readonly name: string }; progress: never }
  double: { payload: number; reply: number; progress: never }
}

/** A worker in the calling thread: it answers `double` when the test lets it, and sends the signals of the test. */
class FakeWorker extends EventTarget {
  readonly #channel = new MessageChannel()
  terminated = false
  signal: (signal: HeartbeatSignal) => void = () => {}
  answer: () => void = () => {}
  refuse: (problem: Problem) => void = () => {}

  constructor(locking: 'unlocked' | 'never told' = 'unlocked') {
    super()
    this.#channel.port1.addEventListener('message', ({ data }) => {
      this.dispatchEvent(new MessageEvent('message', { data }))
    })
    this.#channel.port1.start()
    this.#channel.port2.start()
    serve<Calls>(this.#channel.port2 as Port, {
      watch: (_, { onProgress }) => {
        this.signal = onProgress
        if (locking === 'unlocked') onProgress({ kind: 'unlocked' })
        return new Promise<never>(() => {})
      },
      start: async ({ attempt }) => ({ name: `attempt ${attempt}` }),
      double: (value) =>
        new Promise((resolve, reject) => {
          this.answer = () => resolve(2 * value)
          this.refuse = (problem) => reject(new ProblemError(problem))
          this.dispatchEvent(new Event('called'))
        }),
    })
  }

  postMessage(message: unknown): void {
    this.#channel.port1.postMessage(message)
  }

  terminate(): void {
    this.terminated = true
    this.#channel.port1.close()
  }
}

const twoAttempts: RestartPolicy<string, number> = {
  firstAttempt: 1,
  nextAttempt: (_, attempt) => (attempt < 2 ? attempt + 1 : undefined),
}

function supervise<Attempt extends number | null>(
  policy: RestartPolicy<string, Attempt>,
  locking?: 'never told',
  hangSeconds?: Readonly<Record<string, number>>,
) {
  const workers: FakeWorker[] = []
  const events: SupervisorEvent<{ readonly name: string }>[] = []
  let onCalled = () => {}
  const supervisor = new WorkerSupervisor<Calls, { readonly name: string }, Attempt>({
    createWorker() {
      const worker = new FakeWorker(locking)
      worker.addEventListener('called', () => onCalled())
      workers.push(worker)
      return worker as unknown as Worker
    },
    watch: (connection, payload, options) => connection.call('watch', payload, options),
    start: (connection, attempt) => connection.call('start', { attempt: attempt ?? 0 }),
    policy,
    hangSeconds,
    presumedBackend: () => 'none',
    toFailure: (thrown) =>
      thrown instanceof ProblemError && thrown.problem.code === 'unfit'
        ? { cause: 'backend-unfit', reason: 'It was unfit.' }
        : undefined,
    giveUpProblem: (reason) => ({ code: 'gave-up', message: reason }),
    onEvent: (event) => events.push(event),
  })
  /** Resolves with the worker that has received a call. */
  const called = () =>
    new Promise<FakeWorker>((resolve) => {
      onCalled = () => resolve(workers[workers.length - 1])
    })
  return { supervisor, workers, events, called }
}

afterEach(() => void vi.useRealTimers())

const gone: HeartbeatSignal = { kind: 'failed', reason: 'It was lost.' }

test('no worker runs before the first call, and one serves them all', async () => {
  const { supervisor, workers, called } = supervise(twoAttempts)
  expect(workers).toHaveLength(0)
  for (const value of [1, 2]) {
    const worker = called()
    const reply = supervisor.call('double', value)
    ;(await worker).answer()
    expect(await reply).toBe(2 * value)
  }
  expect(workers).toHaveLength(1)
  supervisor.close({ code: 'closed', message: 'Closed.' })
})

test('`callAtOnce` is answered by a worker that has not started yet', async () => {
  const { supervisor, called } = supervise(twoAttempts, 'never told')
  const worker = called()
  const reply = supervisor.callAtOnce('double', 4)
  ;(await worker).answer()
  expect(await reply).toBe(8)
  expect(supervisor.worker?.report).toBeUndefined()
  supervisor.close({ code: 'closed', message: 'Closed.' })
})

test('a call in progress when its worker fails is answered by the next one, which makes another attempt', async () => {
  const { supervisor, workers, events, called } = supervise(twoAttempts)
  let worker = called()
  const reply = supervisor.call('double', 3)
  const first = await worker
  worker = called()
  first.signal(gone)
  ;(await worker).answer()
  expect(await reply).toBe(6)
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false])
  expect(events).toEqual([{ kind: 'restarted', reason: 'It was lost.', backend: { name: 'attempt 2' } }])
  supervisor.close({ code: 'closed', message: 'Closed.' })
})

test('once the policy gives up, the call rejects, and the next call starts over', async () => {
  const { supervisor, workers, events, called } = supervise(twoAttempts)
  let worker = called()
  const reply = supervisor.call('double', 3)
  for (const last of [false, true]) {
    const current = await worker
    if (!last) worker = called()
    current.signal(gone)
  }
  await expect(reply).rejects.toMatchObject({ problem: { code: 'gave-up', message: 'It was lost.' } })
  expect(events.map(({ kind }) => kind)).toEqual(['restarted', 'failed'])
  worker = called()
  const again = supervisor.call('double', 4)
  ;(await worker).answer()
  expect(await again).toBe(8)
  expect(workers).toHaveLength(3)
  expect(supervisor.worker?.report).toEqual({ name: 'attempt 1' })
  supervisor.close({ code: 'closed', message: 'Closed.' })
})

test('under a policy that never restarts, a call in progress rejects, and no worker starts by itself', async () => {
  const { supervisor, workers, called } = supervise(neverRestart)
  const worker = called()
  const reply = supervisor.call('double', 3)
  ;(await worker).dispatchEvent(new Event('error'))
  await expect(reply).rejects.toMatchObject({ problem: { code: 'gave-up' } })
  expect(workers).toHaveLength(1)
  expect(supervisor.worker).toBeUndefined()
})

test('a job that the last backend cannot do is refused, and its worker stays', async () => {
  const { supervisor, workers, called } = supervise(neverRestart)
  const worker = called()
  const reply = supervisor.call('double', 3)
  ;(await worker).refuse({ code: 'unfit', message: 'Too large.' })
  await expect(reply).rejects.toMatchObject({ problem: { code: 'unfit' } })
  expect(workers.map(({ terminated }) => terminated)).toEqual([false])
  supervisor.close({ code: 'closed', message: 'Closed.' })
})

test('an ordinary refusal is passed on', async () => {
  const { supervisor, workers, called } = supervise(twoAttempts)
  const worker = called()
  const reply = supervisor.call('double', 3)
  ;(await worker).refuse({ code: 'odd', message: 'It is odd.' })
  await expect(reply).rejects.toMatchObject({ problem: { code: 'odd' } })
  expect(workers.map(({ terminated }) => terminated)).toEqual([false])
  supervisor.close({ code: 'closed', message: 'Closed.' })
})

test('a cancelled call rejects at once, though the worker does not answer', async () => {
  const { supervisor, called } = supervise(twoAttempts)
  const controller = new AbortController()
  const worker = called()
  const reply = supervisor.call('double', 3, { signal: controller.signal })
  await worker
  controller.abort()
  await expect(reply).rejects.toMatchObject({ name: 'AbortError' })
  supervisor.close({ code: 'closed', message: 'Closed.' })
})

test('closing rejects calls in progress and later ones, and ends a worker that has not reported its lock', async () => {
  const { supervisor, workers } = supervise(twoAttempts, 'never told')
  const reply = supervisor.call('double', 3)
  supervisor.close({ code: 'closed', message: 'Closed.' })
  await expect(reply).rejects.toMatchObject({ problem: { code: 'closed' } })
  await expect(supervisor.call('double', 3)).rejects.toMatchObject({ problem: { code: 'closed' } })
  expect(workers.map(({ terminated }) => terminated)).toEqual([true])
})

test('the policy knows which failures came before a job that finished', async () => {
  const seen: boolean[][] = []
  const { supervisor, called } = supervise({
    firstAttempt: 1,
    nextAttempt(failures, attempt: number) {
      seen.push(failures.map(({ recovered }) => recovered === true))
      return attempt + 1
    },
  })
  for (const value of [2, 3]) {
    let worker = called()
    const reply = supervisor.call('double', value)
    const lost = await worker
    worker = called()
    lost.signal(gone)
    ;(await worker).answer()
    expect(await reply).toBe(2 * value)
    supervisor.markRecovered()
  }
  expect(seen).toEqual([[false], [true, false]])
  supervisor.close({ code: 'closed', message: 'Closed.' })
})

test('a worker is hung after more than the allowed silence in one call; the silence of an earlier call does not count', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { supervisor, workers, called } = supervise(twoAttempts, undefined, {
    'attempt 1': 3,
    'attempt 2': 3,
  })
  for (const value of [1, 2]) {
    const worker = called()
    const reply = supervisor.call('double', value)
    const { answer } = await worker
    vi.advanceTimersByTime(3000)
    expect(workers).toHaveLength(1)
    answer()
    expect(await reply).toBe(2 * value)
    // A worker without calls may be silent for any time.
    vi.advanceTimersByTime(60_000)
    expect(workers).toHaveLength(1)
  }
  let worker = called()
  const reply = supervisor.call('double', 3)
  await worker
  worker = called()
  vi.advanceTimersByTime(4000)
  ;(await worker).answer()
  expect(await reply).toBe(6)
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false])
  supervisor.close({ code: 'closed', message: 'Closed.' })
})
