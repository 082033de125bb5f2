/**
 * Chooses the tfjs backend: WebGPU on real hardware, then WebAssembly with threads, then without, then plain
 * JavaScript. Each must first pass the self-test; the page can show why one was skipped.
 */
import * as tf from '@tensorflow/tfjs'
import { importChunk } from '../../base/import-chunk.ts'
import { ProblemError } from '../../base/problem.ts'
import { setHalfProducts } from '../../kernels/webgpu/half-products.ts'
import type { BackendName, BackendReport } from '../vocoder-engine.ts'
import type { OpenedBackend } from './opened-backend.ts'
import { halfTolerance, selfTest } from './self-test.ts'
import { openWebGpuDevice, type WebGpuDevice } from './webgpu-device.ts'

export type BackendOptions = {
  /** Use this backend or none; software adapters are then accepted too. */
  readonly backend?: BackendName
  /** Backends that must not be tried, with the reasons to report. */
  readonly skipped?: BackendReport['skipped']
  /** URLs of the wasm binaries; by default beside tfjs's own file. */
  readonly wasmPaths?: Readonly<Record<string, string>>
}

export type ChosenBackend = {
  readonly report: BackendReport
  /** Present on webgpu. */
  readonly gpu?: WebGpuDevice
}

type Candidate = {
  readonly name: BackendName
  /** Fetches the code of the backend and registers it with tfjs. Rejects with the reason if it is unavailable. */
  readonly open: () => Promise<OpenedBackend>
}

/**
 * After this time a start will not succeed: threads are deadlocked, or a driver hangs in a shader. Fetching a backend's code
 * may take longer.
 */
const startTimeoutMilliseconds = { webgpu: 60_000, wasm: 10_000, cpu: 20_000 } satisfies Record<
  BackendName,
  number
>

/** Sets tfjs to the first backend that works. Rejects with a `backend-unavailable` problem if there is none. */
export async function chooseBackend(options: BackendOptions): Promise<ChosenBackend> {
  const skipped = [...(options.skipped ?? [])]
  for (const { name, open } of candidates(options)) {
    let opened: OpenedBackend | undefined
    try {
      opened = await open()
      await withTimeout(name, use(name, opened))
      const { detail, gpu } = opened
      const halved = gpu && (await withTimeout(name, multiplyInHalves(gpu))) ? ', products in 16 bits' : ''
      return {
        report: { name, detail: `${detail}${halved}`, software: gpu?.software ?? false, skipped },
        gpu,
      }
    } catch (thrown) {
      opened?.gpu?.close()
      skipped.push({ name, reason: reasonOf(thrown) })
    }
  }
  throw new ProblemError({
    code: 'backend-unavailable',
    message: 'No backend on this device can run the network.',
    found: skipped.map(({ name, reason }) => `${name}: ${reason}`).join(' '),
    remedy: options.backend
      ? `Remove "backend=${options.backend}" from the address, so that the page can choose another one.`
      : 'Reload the page, or open it in another browser.',
  })
}

function candidates({ backend, skipped = [], wasmPaths }: BackendOptions): Candidate[] {
  const all: Candidate[] = [
    { name: 'webgpu', open: () => openWebGpu(backend === 'webgpu') },
    { name: 'wasm', open: () => openWasm(true, wasmPaths) },
    { name: 'wasm', open: () => openWasm(false, wasmPaths) },
    { name: 'cpu', open: async () => (await importChunk(import('./cpu-backend.ts'))).openCpu() },
  ]
  const barred = new Set(skipped.map(({ name }) => name))
  return all.filter(({ name }) => !barred.has(name) && (!backend || backend === name))
}

/** Asks for the device first, because the code of the backend is of no use without one. */
async function openWebGpu(softwareToo: boolean): Promise<OpenedBackend> {
  const gpu = await withTimeout('webgpu', openWebGpuDevice())
  try {
    if (gpu.software && !softwareToo)
      throw new Error(`WebGPU on ${gpu.description} runs on the CPU, where WebAssembly is faster.`)
    const backend = await importChunk(import('./webgpu-backend.ts'))
    return backend.openWebGpu(gpu)
  } catch (thrown) {
    gpu.close()
    throw thrown
  }
}

async function openWasm(threaded: boolean, paths: BackendOptions['wasmPaths']): Promise<OpenedBackend> {
  const backend = await importChunk(import('./wasm-backend.ts'))
  return withTimeout('wasm', backend.openWasm(threaded, paths))
}

async function use(name: BackendName, { gpu, registerKernels }: OpenedBackend): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('It could not be started.')
  await registerKernels()
  await selfTest()
  const error = gpu?.takeError()
  if (error) throw new Error(`It reported an error: ${error.message}`)
}

/** Switches to products in 16 bits if the device has them and they pass the self-test; returns whether it did. */
async function multiplyInHalves({ device, takeError }: WebGpuDevice): Promise<boolean> {
  if (!device.features.has('shader-f16')) return false
  setHalfProducts(true)
  const isCorrect = await selfTest(halfTolerance).then(
    () => !takeError(),
    () => false,
  )
  if (isCorrect) return true
  takeError()
  setHalfProducts(false)
  return false
}

async function withTimeout<Value>(name: BackendName, promise: Promise<Value>): Promise<Value> {
  const milliseconds = startTimeoutMilliseconds[name]
  let timer: ReturnType<typeof setTimeout> | undefined
  const expiry = new Promise<never>((_, reject) => {
    const late = () => reject(new Error(`It did not start within ${milliseconds / 1000} s.`))
    timer = setTimeout(late, milliseconds)
  })
  return Promise.race([promise, expiry]).finally(() => clearTimeout(timer))
}

/** tfjs's wasm backend rejects with plain objects that have a message. */
function reasonOf(thrown: unknown): string {
  if (thrown && typeof thrown === 'object' && 'message' in thrown) return String(thrown.message)
  return String(thrown)
}
