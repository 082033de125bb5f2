import { afterEach, beforeEach, expect, test } from 'vitest'
import { uniformNoise } from '../../base/random.ts'
import { UserModelDatabase } from '../models/user-model-database.ts'
import { baseUrl } from '../testing/file-server.ts'
import { createDiskStore } from './checkpoints/disk-store.ts'
import type { Fault, Writing } from './testing/faulty-worker.ts'
import { tinyInterval, tinyRequest } from './testing/tiny-training.ts'
import { eventsOf, lossesOf, trainingEngineContract } from './training-engine.contract.ts'
import type { TrainingEngine, TrainingEvent, TrainingRequest } from './training-engine.ts'
import { connectTrainer, type WorkerTrainerOptions } from './worker-proxy.ts'

const createWorker = () =>
  new Worker(new URL('./testing/faulty-worker.ts', import.meta.url), { type: 'module' })

trainingEngineContract({
  name: 'worker trainer on wasm',
  create: () => connectTrainer({ baseUrl, backend: 'wasm', createWorker }),
})

/** A trainer whose workers can be made to fail, with a record of its events. */
class Bench {
  readonly workers: Worker[] = []
  readonly events: TrainingEvent[] = []
  readonly trainer: TrainingEngine
  sessionId = ''
  /** Called after each event was recorded, and when a worker is in the middle of a write. */
  onEvent: (event: TrainingEvent | Writing) => void = () => {}
  readonly #faults: readonly Fault['fault'][]

  /** Every worker starts with `faults`. */
  constructor(options: Partial<WorkerTrainerOptions> = {}, faults: readonly Fault['fault'][] = []) {
    this.#faults = faults
    const createWorker = () => this.#createWorker()
    this.trainer = connectTrainer({ baseUrl, backend: 'wasm', createWorker, ...options })
  }

  #createWorker(): Worker {
    const worker = createWorker()
    worker.addEventListener('message', ({ data }: MessageEvent<Partial<Writing>>) => {
      if (data.writing) this.onEvent({ writing: true })
    })
    this.workers.push(worker)
    for (const fault of this.#faults) worker.postMessage({ fault } satisfies Fault)
    return worker
  }

  readonly options = {
    onEvent: (event: TrainingEvent) => {
      this.events.push(event)
      if (event.kind === 'started') this.sessionId = event.sessionId
      this.onEvent(event)
    },
  }

  start(request: TrainingRequest) {
    return this.trainer.start(request, this.options)
  }

  fail(fault: Fault['fault']): void {
    this.workers.at(-1)?.postMessage({ fault } satisfies Fault)
  }

  kill(): void {
    this.workers.at(-1)?.terminate()
  }
}

let bench: Bench
afterEach(() => bench?.trainer.dispose())

const disk = createDiskStore()
const userModels = new UserModelDatabase()
beforeEach(async () => {
  for (let kept = await disk.latest(); kept; kept = await disk.latest()) await disk.remove(kept.sessionId)
  for (const { id } of await userModels.list()) await userModels.remove(id)
})

/** Returns the loss by step; a repeated step must have the same loss as before. */
function lossByStep(events: readonly TrainingEvent[]): Map<number, number> {
  const losses = new Map<number, number>()
  for (const { step, loss } of eventsOf(events, 'step')) {
    expect(losses.get(step) ?? loss).toBe(loss)
    losses.set(step, loss)
  }
  return losses
}

test('a worker killed at 25 moments, 10 of them while it writes, loses one interval at most', {
  timeout: 400_000,
}, async () => {
  const [kills, killsInWriting] = [25, 10]
  const delays = uniformNoise(7, 0, 0, kills)
  let [planned, killed] = [0, 0]
  function killWithin(milliseconds: number): void {
    setTimeout(() => {
      killed++
      bench.kill()
    }, delays[planned++] * milliseconds)
  }

  bench = new Bench()
  // A checkpoint since the last failure distinguishes an occasional failure from a session that makes no progress.
  let checkpoints = 0
  bench.onEvent = (event) => {
    const alive = planned === killed
    if ('writing' in event) {
      if (alive && planned < killsInWriting && checkpoints > 0) killWithin(250)
    } else if (event.kind === 'restarted') {
      checkpoints = 0
      if (planned === kills) bench.trainer.stop()
    } else if (event.kind === 'checkpoint') {
      checkpoints++
      if (alive && planned >= killsInWriting && planned < kills) killWithin(1000)
    }
  }
  const endless = { steps: 10_000, evaluateEverySteps: 10_000, snapshotEverySteps: 10_000 }
  const result = await bench.start(tinyRequest(endless))

  expect(result.ended).toBe('stopped')
  expect(bench.workers).toHaveLength(kills + 1)
  // Each death was noticed by the release of the lock, long before the limit on silence.
  const reasons = eventsOf(bench.events, 'restarted').map(({ reason }) => reason)
  expect(reasons).toEqual(Array.from({ length: kills }, () => 'Its worker ended unexpectedly.'))
  const lost = bench.events.flatMap((event, index) => {
    if (event.kind !== 'restarted') return []
    const before = eventsOf(bench.events.slice(0, index), 'step')
    return [(before.at(-1)?.step ?? 0) - event.step]
  })
  expect(lost).toHaveLength(kills)
  expect(Math.max(...lost)).toBeLessThanOrEqual(tinyInterval)
  expect(Math.min(...lost)).toBeGreaterThanOrEqual(0)
  const losses = lossByStep(bench.events)
  expect([...losses.keys()]).toEqual(Array.from({ length: losses.size }, (_, index) => index + 1))
  expect(await disk.latest()).toBeUndefined()
})

test('a session resumed after the page was left has the losses of one that was not', async () => {
  bench = new Bench()
  await bench.start(tinyRequest())
  const whole = lossesOf(bench.events)

  bench = new Bench()
  const left = bench
  left.onEvent = (event) => {
    if ('kind' in event && event.kind === 'step' && event.step === tinyInterval + 1) left.trainer.dispose()
  }
  await expect(left.start(tinyRequest())).rejects.toMatchObject({ problem: { code: 'trainer-closed' } })

  bench = new Bench()
  const unfinished = await bench.trainer.unfinished()
  expect(unfinished).toMatchObject({
    sessionId: left.sessionId,
    name: 'A voice',
    step: tinyInterval,
    steps: 8,
  })
  expect((await bench.trainer.checkpointFile(left.sessionId)).length).toBe(unfinished?.bytes)
  const result = await bench.trainer.resumeSession(left.sessionId, bench.options)
  expect(lossesOf(bench.events)).toEqual(whole.slice(tinyInterval))
  expect(eventsOf(bench.events, 'started')).toMatchObject([{ step: tinyInterval, sessionId: left.sessionId }])
  expect(result.ended).toBe('finished')
  expect(await bench.trainer.unfinished()).toBeUndefined()
})

test('where the newest checkpoint is damaged the one before is taken, and none where both are', async () => {
  const session = { sessionId: 'damaged', name: 'A voice', modelId: 'tiny-energy-v', steps: 9 }
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('fine-tuning', { create: true })
  await folder.getFileHandle('died-early.0', { create: true })
  const worker = new Worker(new URL('./testing/saving-worker.ts', import.meta.url), { type: 'module' })
  for (const step of [1, 2, 3]) {
    worker.postMessage({ session: { ...session, step }, request: tinyRequest(), bytes: step * 1000 })
    await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }))
  }
  worker.terminate()
  expect(await disk.latest()).toMatchObject({ step: 3, bytes: 3000 })
  const names: string[] = []
  for await (const name of folder.keys()) names.push(name)
  expect(names.toSorted()).toEqual(['damaged.0', 'damaged.1'])
  async function damage(file: string, bytes: number): Promise<void> {
    const writable = await (await folder.getFileHandle(file)).createWritable()
    await writable.write(new Uint8Array(bytes))
    await writable.close()
  }
  await damage('damaged.0', 3000)
  expect(await disk.latest()).toMatchObject({ step: 2, bytes: 2000 })
  expect((await disk.read('damaged'))?.[0]).toBe(2)
  await damage('damaged.1', 10)
  expect(await disk.latest()).toBeUndefined()
  expect(await disk.read('damaged')).toBeUndefined()
  bench = new Bench()
  await expect(bench.trainer.resumeSession('damaged')).rejects.toMatchObject({
    problem: { code: 'checkpoint-gone' },
  })
  await bench.trainer.discard('damaged')
})

test('a full disk pauses the session once, with what is needed, and what was kept stays', async () => {
  bench = new Bench()
  let file: Promise<Uint8Array<ArrayBuffer>> | undefined
  let onDisk: Promise<Uint8Array<ArrayBuffer> | undefined> | undefined
  bench.onEvent = (event) => {
    if (!('kind' in event)) return
    if (event.kind === 'checkpoint' && event.step === tinyInterval) bench.fail('fill-disk')
    if (event.kind !== 'phase' || event.phase !== 'paused') return
    file = bench.trainer.checkpointFile(bench.sessionId)
    onDisk = disk.read(bench.sessionId)
    Promise.all([file, onDisk]).then(() => bench.trainer.resume())
  }
  const result = await bench.start(tinyRequest({ steps: 10 }))
  const pauses = eventsOf(bench.events, 'phase').filter(({ phase }) => phase === 'paused')
  expect(pauses).toMatchObject([
    {
      problem: {
        code: 'storage-full',
        found: expect.stringMatching(/^[\d.]+ MB needed(, [\d.]+ MB free|; the browser does not report)/),
        remedy: expect.stringContaining('downloaded'),
      },
    },
  ])
  expect(eventsOf(bench.events, 'checkpoint')).toMatchObject([
    { step: 3, keptIn: 'disk' },
    { step: 6, keptIn: 'memory' },
    { step: 9, keptIn: 'memory' },
    { step: 10, keptIn: 'memory' },
  ])
  expect((await file)?.length).toBeGreaterThan(100_000)
  expect((await onDisk)?.length).toBeGreaterThan(100_000)
  expect(result.ended).toBe('finished')
})

test('where storage is refused the page keeps the checkpoints, and a dead worker costs no more', async () => {
  bench = new Bench({}, ['refuse-disk'])
  let alive = true
  bench.onEvent = (event) => {
    if (!alive || !('kind' in event) || event.kind !== 'checkpoint') return
    alive = false
    bench.kill()
  }
  const result = await bench.start(tinyRequest())
  expect(result.ended).toBe('finished')
  expect(eventsOf(bench.events, 'restarted')).toMatchObject([{ step: tinyInterval }])
  expect(eventsOf(bench.events, 'checkpoint').every(({ keptIn }) => keptIn === 'memory')).toBe(true)
  lossByStep(bench.events)
})

test('a worker that hangs is replaced, and a pause outlives it', async () => {
  bench = new Bench({ hangSeconds: { webgpu: 3, wasm: 3, cpu: 3 } })
  let hung = false
  bench.onEvent = (event) => {
    if (!('kind' in event)) return
    if (event.kind === 'checkpoint' && !hung) {
      hung = true
      bench.trainer.pause()
      bench.fail('hang')
    }
    if (event.kind === 'phase' && event.phase === 'paused' && bench.workers.length === 2)
      bench.trainer.resume()
  }
  expect((await bench.start(tinyRequest())).ended).toBe('finished')
  expect(eventsOf(bench.events, 'restarted')).toMatchObject([
    { reason: expect.stringContaining('no sign of life'), step: tinyInterval },
  ])
})

test('after three deaths without a checkpoint it gives up, and the last checkpoint can be resumed', async () => {
  bench = new Bench()
  bench.onEvent = (event) => {
    if ('kind' in event && event.kind === 'step' && event.step === tinyInterval + 1) bench.kill()
  }
  await expect(bench.start(tinyRequest())).rejects.toMatchObject({
    problem: { code: 'training-failed', remedy: expect.stringContaining('resume') },
  })
  expect(bench.workers).toHaveLength(3)
  bench.onEvent = () => {}
  expect(await bench.trainer.unfinished()).toMatchObject({ sessionId: bench.sessionId, step: tinyInterval })
  expect((await bench.trainer.resumeSession(bench.sessionId)).ended).toBe('finished')
})

test('two trainers at once: the second is refused, and sees nothing unfinished', async () => {
  bench = new Bench()
  const other = connectTrainer({ baseUrl, backend: 'wasm', createWorker })
  let second: Promise<unknown> | undefined
  let unfinished: Promise<unknown> | undefined
  bench.onEvent = (event) => {
    if (!('kind' in event) || event.kind !== 'checkpoint') return
    unfinished ??= other.unfinished()
    second ??= other.start(tinyRequest()).catch(({ problem }) => problem)
  }
  await bench.start(tinyRequest({ steps: 30 }))
  expect(await second).toMatchObject({ code: 'training-elsewhere' })
  expect(await unfinished).toBeUndefined()
  expect((await other.start(tinyRequest({ steps: 1 }))).step).toBe(1)
  other.dispose()
})

test('a device destroyed while it trains on webgpu, in software, is replaced', {
  timeout: 240_000,
}, async () => {
  bench = new Bench({ backend: 'webgpu' })
  let lost = false
  bench.onEvent = (event) => {
    if (lost || !('kind' in event) || event.kind !== 'step' || event.step !== 2) return
    lost = true
    bench.fail('lose-device')
  }
  const result = await bench.start(tinyRequest({ steps: 4 }))
  expect(result.ended).toBe('finished')
  expect(eventsOf(bench.events, 'restarted')).toMatchObject([{ step: 0, backend: 'webgpu' }])
  expect(lossByStep(bench.events).size).toBe(4)
})
