import * as tf from '@tensorflow/tfjs'
import { expect, test, vi } from 'vitest'
import { noCorrections } from '../base/mel-corrections.ts'
import { conv1dKernel } from '../kernels/conv1d.ts'
import { loadShipped, loadTiny } from '../model/testing/fixtures.ts'
import { chooseBackend } from './backends/backends.ts'
import { createEngine } from './in-thread.ts'
import { synthesize } from './synthesis/synthesis.ts'
import { windowNetwork } from './synthesis/windows/window-evaluator.ts'
import { baseUrl, serveFiles, tinyFramesModel, tinyModel } from './testing/file-server.ts'
import { wavyMel } from './testing/mels.ts'
import { vocoderEngineContract } from './vocoder-engine.contract.ts'

const corrections = noCorrections

vocoderEngineContract({
  name: 'in-thread engine on wasm, with a model that ships',
  create: () => createEngine({ baseUrl, fetch: serveFiles() }),
  backend: 'wasm',
  modelId: 'infergrad-small',
  frames: 20,
})

vocoderEngineContract({
  name: 'in-thread engine on cpu, with a tiny model',
  create: () => createEngine({ baseUrl, fetch: serveFiles(tinyModel.replies) }),
  backend: 'cpu',
  modelId: tinyModel.id,
  frames: 6,
})

vocoderEngineContract({
  name: 'in-thread engine on wasm, with a tiny model on frames',
  create: () => createEngine({ baseUrl, fetch: serveFiles(tinyFramesModel.replies) }),
  backend: 'wasm',
  modelId: tinyFramesModel.id,
  frames: 40,
  takesPitch: true,
})

test.each([
  // A random network does not converge, so one step of it is enough; the shipped network may use its own schedule.
  { kind: 'tiny', load: () => loadTiny('energy-v'), frames: 240, betas: [0.9], chunkFrames: 32 },
  { kind: 'tiny frames', load: () => loadTiny('frames'), frames: 150, betas: [0.02, 0.9], chunkFrames: 32 },
  {
    kind: 'shipped',
    load: () => loadShipped('infergrad-small'),
    frames: 80,
    betas: [0.0555, 0.897],
    chunkFrames: 32,
  },
])(
  'a $kind model in chunks gives what it gives for the whole, within 1e-4',
  { timeout: 30_000 },
  async (variant) => {
    const { load, frames, betas, chunkFrames } = variant
    await chooseBackend({ backend: 'wasm' })
    const model = await load()
    const network = windowNetwork(model, undefined)
    const request = { mel: wavyMel(frames), betas, seed: 1 }
    const whole = await synthesize(network, request, { chunkFrames: frames })
    expect(whole.some((value) => value > 0.01)).toBe(true)
    const chunked = await synthesize(network, request, { chunkFrames })
    expect(chunked.every((value, t) => Math.abs(value - whole[t]) < 1e-4)).toBe(true)
    model.dispose()
  },
)

test('an utterance of one frame, shorter than a window of the transform, is heard', async () => {
  await chooseBackend({ backend: 'wasm' })
  const model = await loadTiny('frames')
  const limits = { chunkFrames: 32 }
  const request = { mel: wavyMel(1), betas: [0.9], seed: 1 }
  const samples = await synthesize(windowNetwork(model, undefined), request, limits)
  expect(samples).toHaveLength(256)
  model.dispose()
})

/** Makes every convolution over more than `maxSamples` fail with `error`; returns a function that restores it. */
function limitMemory(
  maxSamples: number,
  seen: number[],
  error: Error = new RangeError('WebAssembly.Memory.grow(): out of memory'),
): () => void {
  const { kernelFunc } = tf.getKernel(conv1dKernel, 'wasm')
  const register = (func: tf.KernelFunc) => {
    tf.unregisterKernel(conv1dKernel, 'wasm')
    tf.registerKernel({ kernelName: conv1dKernel, backendName: 'wasm', kernelFunc: func })
  }
  register((input) => {
    const samples = input.inputs.x?.shape[1] ?? 0
    seen.push(samples)
    if (samples > maxSamples) throw error
    return kernelFunc(input)
  })
  return () => register(kernelFunc)
}

test('a download that never ends holds no other job, and can be cancelled', { timeout: 30_000 }, async () => {
  const fetch = serveFiles((path) => {
    if (path === 'index.json') return Response.json([tinyModel.id, tinyFramesModel.id])
    if (path === `${tinyFramesModel.id}/tiny.safetensors`) return new Promise(() => {})
    return tinyModel.replies(path) ?? tinyFramesModel.replies(path)
  })
  const engine = createEngine({ baseUrl, fetch })
  await engine.start({ backend: 'wasm' })
  const controller = new AbortController()
  const waiting = [
    engine.loadModel(tinyFramesModel.id, { signal: controller.signal }),
    engine.synthesize(
      { modelId: tinyFramesModel.id, mel: wavyMel(6), betas: [0.9], seed: 1, corrections },
      { signal: controller.signal },
    ),
  ].map((call) => expect(call).rejects.toMatchObject({ name: 'AbortError' }))
  const request = { modelId: tinyModel.id, mel: wavyMel(6), betas: [0.9], seed: 1, corrections }
  expect((await engine.synthesize(request)).samples).toHaveLength(6 * 256)
  controller.abort()
  await Promise.all(waiting)
  engine.dispose()
})

test('a download is cancelled if the engine does not start', async () => {
  const signals: AbortSignal[] = []
  const files = serveFiles(tinyModel.replies)
  const fetch: typeof globalThis.fetch = (input, init) => {
    if (!String(input).endsWith('.safetensors')) return files(input, init)
    if (init?.signal) signals.push(init.signal)
    return new Promise(() => {})
  }
  const engine = createEngine({ baseUrl, fetch })
  const starting = engine.start({ backend: 'webgpu' })
  const loading = engine.loadModel(tinyModel.id)
  await expect(starting).rejects.toThrow()
  await expect(loading).rejects.toThrow()
  await vi.waitFor(() => expect(signals.map(({ aborted }) => aborted)).toEqual([true]))
  engine.dispose()
})

test('out of memory, the chunk is halved until it fits, never tried again, and no tensor is left', {
  timeout: 30_000,
}, async () => {
  const engine = createEngine({ baseUrl, fetch: serveFiles(tinyModel.replies) })
  await engine.start({ backend: 'wasm' })
  await engine.loadModel(tinyModel.id)
  const request = { modelId: tinyModel.id, mel: wavyMel(300), betas: [0.05, 0.9], seed: 1, corrections }
  const { samples } = await engine.synthesize(request)
  const tensorsBefore = tf.memory().numTensors
  const seen: number[] = []
  const lift = limitMemory(100 * 256, seen)
  try {
    const chunked = (await engine.synthesize(request)).samples
    expect(chunked.every((value, t) => Math.abs(value - samples[t]) < 1e-4)).toBe(true)
    expect(tf.memory().numTensors).toBe(tensorsBefore)
    const tooLarge = seen.filter((length) => length > 100 * 256)
    expect(tooLarge).toHaveLength(2)

    seen.length = 0
    await engine.synthesize(request)
    expect(Math.max(...seen)).toBeLessThanOrEqual(100 * 256)
  } finally {
    lift()
    engine.dispose()
  }
})

test('where even the smallest chunk does not fit, the job is refused with a remedy', async () => {
  const engine = createEngine({ baseUrl, fetch: serveFiles(tinyModel.replies) })
  await engine.start({ backend: 'wasm' })
  const lift = limitMemory(1000, [])
  try {
    const request = { modelId: tinyModel.id, mel: wavyMel(50), betas: [0.9], seed: 1, corrections }
    await expect(engine.synthesize(request)).rejects.toMatchObject({
      problem: { code: 'out-of-memory', remedy: expect.any(String) },
    })
  } finally {
    lift()
    engine.dispose()
  }
})

test('samples that are not finite blame the mel if its values are not those of speech', async () => {
  const engine = createEngine({ baseUrl, fetch: serveFiles(tinyFramesModel.replies) })
  await engine.start({ backend: 'wasm' })
  const mel = wavyMel(6)
  const linear = { ...mel, values: mel.values.map((value) => 8000 + value) }
  const request = { modelId: tinyFramesModel.id, mel: linear, betas: [0.9], seed: 1, corrections }
  await expect(engine.synthesize(request)).rejects.toMatchObject({
    problem: { code: 'output-invalid', message: expect.stringContaining('because of its mel') },
  })
  engine.dispose()
})

test('another error is not mistaken for a lack of memory', async () => {
  const engine = createEngine({ baseUrl, fetch: serveFiles(tinyModel.replies) })
  await engine.start({ backend: 'wasm' })
  const seen: number[] = []
  const lift = limitMemory(1000, seen, new Error('The shapes leave no room for broadcasting.'))
  try {
    const request = { modelId: tinyModel.id, mel: wavyMel(50), betas: [0.9], seed: 1, corrections }
    await expect(engine.synthesize(request)).rejects.toThrow('no room')
    expect(seen.filter((length) => length > 1000)).toHaveLength(1)
  } finally {
    lift()
    engine.dispose()
  }
})

test('a download that failed can be tried again in the same engine', async () => {
  let connected = false
  const engine = createEngine({
    baseUrl,
    fetch: serveFiles((path) => {
      if (!connected && path.endsWith('.safetensors')) throw new TypeError('Failed to fetch')
      return tinyModel.replies(path)
    }),
  })
  await engine.start({ backend: 'cpu' })
  const request = { modelId: tinyModel.id, mel: wavyMel(4), betas: [0.9], seed: 1, corrections }
  await expect(engine.synthesize(request)).rejects.toMatchObject({
    problem: { code: 'model-download-interrupted', remedy: expect.stringContaining('try again') },
  })
  connected = true
  expect((await engine.synthesize(request)).samples).toHaveLength(1024)
  engine.dispose()
})

test('where the browser throws at the name of its caches, models load without being kept', async () => {
  Object.defineProperty(globalThis, 'caches', {
    configurable: true,
    get() {
      throw new DOMException('denied', 'SecurityError')
    },
  })
  try {
    const engine = createEngine({ baseUrl, fetch: serveFiles(tinyModel.replies) })
    expect((await engine.loadModel(tinyModel.id)).id).toBe(tinyModel.id)
    engine.dispose()
  } finally {
    Reflect.deleteProperty(globalThis, 'caches')
  }
})
