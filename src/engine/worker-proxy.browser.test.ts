import { afterEach, describe, expect, test } from 'vitest'
import type { Fault } from './testing/faulty-worker.ts'
import { wavyMel } from './testing/mels.ts'
import { vocoderEngineContract } from './vocoder-engine.contract.ts'
import type { EngineEvent, SynthesisProgress, VocoderEngine } from './vocoder-engine.ts'
import { connectEngine, type WorkerEngineOptions } from './worker-proxy.ts'

const baseUrl = `${location.origin}/`
const modelId = 'infergrad-small'
const corrections = { count: 16, momentum: 0.9, scope: 'all' } as const
const request = { modelId, mel: wavyMel(43), betas: [0.0555, 0.897], seed: 5, corrections }

vocoderEngineContract({
  name: 'worker engine on wasm',
  create: () => connectEngine({ baseUrl }),
  backend: 'wasm',
  modelId,
  frames: 20,
})

/** An engine whose workers can be made to fail, with a record of its events. */
class Bench {
  readonly workers: Worker[] = []
  readonly events: EngineEvent[] = []
  readonly engine: VocoderEngine

  constructor(options: Partial<WorkerEngineOptions> = {}) {
    this.engine = connectEngine({ baseUrl, createWorker: () => this.#createWorker(), ...options })
    this.engine.onEvent((event) => this.events.push(event))
  }

  #createWorker(): Worker {
    const worker = new Worker(new URL('./testing/faulty-worker.ts', import.meta.url), { type: 'module' })
    this.workers.push(worker)
    return worker
  }

  fail(fault: Fault): void {
    this.workers.at(-1)?.postMessage(fault)
  }

  /** Calls `act` once, at the first progress of a job on the current worker. */
  during(act: () => void): (progress: SynthesisProgress) => void {
    let acted = false
    return () => {
      if (!acted) act()
      acted = true
    }
  }
}

let bench: Bench
afterEach(() => bench?.engine.dispose())

describe('on wasm', () => {
  test('an isolated page has threads in its worker', async () => {
    bench = new Bench()
    const report = await bench.engine.start({ backend: 'wasm' })
    expect(crossOriginIsolated).toBe(true)
    expect(report).toMatchObject({
      detail: expect.stringMatching(/^WebAssembly, SIMD, [2-8] threads$/),
      skipped: [],
    })
  })

  test('a software adapter is skipped unless it is requested', async () => {
    bench = new Bench()
    const report = await bench.engine.start()
    expect(report).toMatchObject({
      name: 'wasm',
      skipped: [{ name: 'webgpu', reason: expect.stringContaining('WebAssembly is faster') }],
    })
  })

  test('a worker that is ended in the middle of a job is replaced, and the job gives the same samples', async () => {
    bench = new Bench()
    const { engine, workers, events } = bench
    await engine.start({ backend: 'wasm' })
    const { samples } = await engine.synthesize(request)
    const again = engine.synthesize(request, { onProgress: bench.during(() => workers[0].terminate()) })
    expect((await again).samples).toEqual(samples)
    expect(workers).toHaveLength(2)
    expect(events).toMatchObject([{ kind: 'restarted', backend: { name: 'wasm' } }])
  })

  test('a worker that hangs is replaced', async () => {
    bench = new Bench({ hangSeconds: { webgpu: 3, wasm: 3, cpu: 3 } })
    const { engine, events } = bench
    await engine.start({ backend: 'wasm' })
    const job = engine.synthesize(request, { onProgress: bench.during(() => bench.fail({ fault: 'hang' })) })
    expect((await job).samples).toHaveLength(43 * 256)
    expect(events).toMatchObject([{ kind: 'restarted', reason: expect.stringContaining('no sign of life') }])
  })

  test('after three deaths the job fails with a remedy, and the next one starts over', async () => {
    bench = new Bench()
    const { engine, workers, events } = bench
    await engine.start({ backend: 'wasm' })
    const job = engine.synthesize(request, { onProgress: () => workers.at(-1)?.terminate() })
    await expect(job).rejects.toMatchObject({
      problem: { code: 'engine-failed', remedy: expect.any(String) },
    })
    expect(workers).toHaveLength(3)
    expect(events.map(({ kind }) => kind)).toEqual(['restarted', 'restarted', 'failed'])
    expect((await engine.synthesize(request)).samples).toHaveLength(43 * 256)
  })

  test('a worker whose script cannot be loaded rejects with a problem instead of never settling', async () => {
    bench = new Bench({ createWorker: () => new Worker('/no-such-worker.js', { type: 'module' }) })
    await expect(bench.engine.start()).rejects.toMatchObject({ problem: { code: 'engine-failed' } })
  })

  test('a cancel takes effect at once, even if the worker hangs', async () => {
    bench = new Bench()
    const controller = new AbortController()
    await bench.engine.start({ backend: 'wasm' })
    const job = bench.engine.synthesize(request, {
      signal: controller.signal,
      onProgress: bench.during(() => {
        bench.fail({ fault: 'hang' })
        setTimeout(() => controller.abort(), 100)
      }),
    })
    await expect(job).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('on webgpu, in software', () => {
  test('half a second of speech equals that of wasm within 1e-3', async () => {
    bench = new Bench()
    const report = await bench.engine.start({ backend: 'webgpu' })
    expect(report).toMatchObject({ name: 'webgpu', detail: expect.stringContaining('WebGPU on ') })
    const onGpu = await bench.engine.synthesize(request)
    bench.engine.dispose()

    bench = new Bench()
    await bench.engine.start({ backend: 'wasm' })
    const { samples } = await bench.engine.synthesize(request)
    expect(onGpu.backend).toBe('webgpu')
    expect(onGpu.samples.every((value, t) => Math.abs(value - samples[t]) < 1e-3)).toBe(true)
    expect(samples.some((value) => Math.abs(value) > 0.01)).toBe(true)
  })

  test('a device lost in a job is replaced once, and at the second loss by wasm', async () => {
    bench = new Bench()
    const { engine, events } = bench
    await engine.start({ backend: 'webgpu' })
    let losses = 0
    const job = engine.synthesize(
      { ...request, mel: wavyMel(10) },
      {
        onProgress: () => {
          // Once per attempt: steps wait in the GPU's queue, so an attempt reports several before its first loss.
          if (losses > events.length || losses === 2) return
          losses++
          bench.fail({ fault: 'lose-device' })
        },
      },
    )
    expect(await job).toMatchObject({ backend: 'wasm' })
    expect(events).toMatchObject([
      { kind: 'restarted', backend: { name: 'webgpu' } },
      {
        kind: 'restarted',
        backend: {
          name: 'wasm',
          skipped: [{ name: 'webgpu', reason: expect.stringContaining('twice within two minutes') }],
        },
      },
    ])
  })
  test('a device that is out of memory at every chunk size is left for wasm, and the report says why', async () => {
    bench = new Bench()
    const { engine, events } = bench
    await engine.start({ backend: 'webgpu' })
    const mel = wavyMel(10)
    await engine.loadModel(request.modelId)
    bench.fail({ fault: 'out-of-memory' })
    expect(await engine.synthesize({ ...request, mel })).toMatchObject({ backend: 'wasm' })
    const skipped = [{ name: 'webgpu', reason: expect.stringContaining('enough memory') }]
    expect(events.at(-1)).toMatchObject({ kind: 'restarted', backend: { name: 'wasm', skipped } })
  })

  test('after an uncaught error its results are not trusted, and wasm finishes the job', async () => {
    bench = new Bench()
    const { engine, events } = bench
    await engine.start({ backend: 'webgpu' })
    const mel = wavyMel(10)
    const onProgress = bench.during(() => bench.fail({ fault: 'gpu-error' }))
    expect(await engine.synthesize({ ...request, mel }, { onProgress })).toMatchObject({ backend: 'wasm' })
    expect(events).toMatchObject([
      { kind: 'restarted', reason: expect.stringContaining('bind group'), backend: { name: 'wasm' } },
    ])
  })
})
