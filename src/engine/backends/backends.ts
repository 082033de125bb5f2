/**
 * Chooses the tfjs backend: WebGPU on real hardware, then WebAssembly with threads, then without, then plain
 * JavaScript. Each must first pass the self-test; the page can show why one was skipped.
 */
import * as tf from '@tensorflow/tfjs'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { ProblemError } from '../../base/problem.ts'
import { registerComposedKernels } from '../../kernels/composed/register.ts'
import { catchingSharedMemory } from '../../kernels/wasm/own-module.ts'
import { registerWasmKernels } from '../../kernels/wasm/register.ts'
import { setHalfProducts } from '../../kernels/webgpu/half-products.ts'
import { registerWebGpuKernels } from '../../kernels/webgpu/register.ts'
import type { BackendName, BackendReport } from '../vocoder-engine.ts'
import { halfTolerance, selfTest } from './self-test.ts'
import { startHelpers } from './wasm-helpers.ts'
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

type Opened = {
  readonly detail: string
  readonly software?: boolean
  readonly gpu?: WebGpuDevice
  /** On wasm, the number of threads that share the work. */
  readonly threads?: number
}

type Candidate = {
  readonly name: BackendName
  /** Registers the backend with tfjs. Rejects with the reason if it is unavailable. */
  readonly open: () => Promise<Opened>
}

/** After this time a start will not succeed: threads are deadlocked, or a driver hangs in a shader. */
const startTimeoutMilliseconds = { webgpu: 60_000, wasm: 10_000, cpu: 20_000 } satisfies Record<
  BackendName,
  number
>

/** The page takes no more threads than this, however many cores there are. */
const maxThreads = 8

/** Sets tfjs to the first backend that works. Rejects with a `backend-unavailable` problem if there is none. */
export async function chooseBackend(options: BackendOptions): Promise<ChosenBackend> {
  const skipped = [...(options.skipped ?? [])]
  for (const { name, open } of candidates(options)) {
    let opened: Opened | undefined
    try {
      opened = await withTimeout(name, open())
      if (opened.software && options.backend !== name)
        throw new Error(`${opened.detail} runs on the CPU, where WebAssembly is faster.`)
      await withTimeout(name, use(name, opened))
      const { detail, software = false, gpu } = opened
      const halved = gpu && (await withTimeout(name, multiplyInHalves(gpu))) ? ', products in 16 bits' : ''
      return { report: { name, detail: `${detail}${halved}`, software, skipped }, gpu }
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
    { name: 'webgpu', open: openWebGpu },
    { name: 'wasm', open: () => openWasm(true, wasmPaths) },
    { name: 'wasm', open: () => openWasm(false, wasmPaths) },
    { name: 'cpu', open: async () => ({ detail: 'JavaScript, one thread' }) },
  ]
  const barred = new Set(skipped.map(({ name }) => name))
  return all.filter(({ name }) => !barred.has(name) && (!backend || backend === name))
}

async function openWebGpu(): Promise<Opened> {
  const gpu = await openWebGpuDevice()
  // Forwarding small tensors to the CPU would hide errors of the GPU.
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  setHalfProducts(false)
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => new WebGPUBackend(gpu.device, gpu.info))
  return { detail: `WebGPU on ${gpu.description}`, software: gpu.software, gpu }
}

async function openWasm(threaded: boolean, wasmPaths: BackendOptions['wasmPaths']): Promise<Opened> {
  const [canThread, simd] = await Promise.all([hasThreads(), tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')])
  if (threaded && !canThread)
    throw new Error('Threads require a page that is isolated from other sites (SharedArrayBuffer).')
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threaded)
  if (wasmPaths) setWasmPaths(wasmPaths)
  // The factory makes a new instance each time; an earlier one may have been made with threads, or be broken.
  const factory = tf.findBackendFactory('wasm')
  tf.removeBackend('wasm')
  tf.registerBackend('wasm', factory)
  // The threads of our own module share the work; tfjs's would contend with them.
  setThreadsCount(1)
  if (threaded) await catchingSharedMemory(() => tf.setBackend('wasm'))
  const threads = threaded ? threadsFor(navigator.hardwareConcurrency) : 1
  const named = threads > 1 ? `${threads} threads` : 'one thread'
  return { detail: `WebAssembly, ${simd ? 'SIMD, ' : ''}${named}`, threads }
}

/** Returns half of the logical cores, since there are often two per physical core, but both if there are two. */
function threadsFor(cores: number): number {
  return Math.min(maxThreads, Math.max(Math.floor(cores / 2), Math.min(cores, 2)))
}

let threadsPossible: Promise<boolean> | undefined

/** Reads the flag once, because starting without threads overwrites it. */
function hasThreads(): Promise<boolean> {
  threadsPossible ??= Promise.resolve(tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')).then(Boolean)
  return threadsPossible
}

async function use(name: BackendName, { gpu, threads = 1 }: Opened): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('It could not be started.')
  if (name === 'webgpu') registerWebGpuKernels()
  else if (name === 'wasm') {
    startHelpers(tf.backend(), threads)
    registerWasmKernels()
  } else registerComposedKernels(name)
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
