/**
 * Which of tfjs's backends does the work: WebGPU on real hardware, else WebAssembly with threads, else without, else plain
 * JavaScript. Each must pass the self-test first; why one was passed over is kept for the page to say.
 */
import * as tf from '@tensorflow/tfjs'
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { ProblemError } from '../../base/problem.ts'
import { registerComposedKernels } from '../../kernels/composed.ts'
import { catchingSharedMemory } from '../../kernels/wasm/own-module.ts'
import { registerWasmKernels } from '../../kernels/wasm/register.ts'
import { registerWebGpuKernels } from '../../kernels/webgpu/register.ts'
import type { BackendName, BackendReport } from '../vocoder-engine.ts'
import { selfTest } from './self-test.ts'
import { openWebGpuDevice, type WebGpuDevice } from './webgpu-device.ts'

export type BackendOptions = {
  /** Take this one or none; software adapters are then taken too. */
  readonly backend?: BackendName
  /** Not to be tried, with the reason to report. */
  readonly skipped?: BackendReport['skipped']
  /** Where the wasm binaries are; beside tfjs's own file unless given. */
  readonly wasmPaths?: Readonly<Record<string, string>>
}

export type ChosenBackend = {
  readonly report: BackendReport
  /** Present on webgpu. */
  readonly gpu?: WebGpuDevice
}

type Opened = { readonly detail: string; readonly software?: boolean; readonly gpu?: WebGpuDevice }

type Candidate = {
  readonly name: BackendName
  /** Registers the backend with tfjs. Rejects with the reason why it cannot be had. */
  readonly open: () => Promise<Opened>
}

/** What is not ready by then never will be: threads that wait for each other, a driver that hangs in a shader. */
const startTimeoutMilliseconds = { webgpu: 60_000, wasm: 10_000, cpu: 20_000 } satisfies Record<
  BackendName,
  number
>

/** As many as the wasm binary has workers for. */
const maxThreads = 8

/** Sets tfjs to the first backend that works. Rejects with a `backend-unavailable` problem where none does. */
export async function chooseBackend(options: BackendOptions): Promise<ChosenBackend> {
  const skipped = [...(options.skipped ?? [])]
  for (const { name, open } of candidates(options)) {
    let opened: Opened | undefined
    try {
      opened = await withPatience(name, open())
      if (opened.software && options.backend !== name)
        throw new Error(`${opened.detail} runs on the processor, where WebAssembly is faster.`)
      await withPatience(name, use(name, opened))
      const { detail, software = false, gpu } = opened
      return { report: { name, detail, software, skipped }, gpu }
    } catch (thrown) {
      opened?.gpu?.close()
      skipped.push({ name, reason: reasonOf(thrown) })
    }
  }
  throw new ProblemError({
    code: 'backend-unavailable',
    message: 'Nothing on this device can run the network.',
    found: skipped.map(({ name, reason }) => `${name}: ${reason}`).join(' '),
    remedy: options.backend
      ? `Remove "backend=${options.backend}" from the address, so that another one is chosen.`
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
  // Small tensors would otherwise be computed on the CPU, which hides what the GPU gets wrong.
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => new WebGPUBackend(gpu.device, gpu.info))
  return { detail: `WebGPU on ${gpu.description}`, software: gpu.software, gpu }
}

async function openWasm(threaded: boolean, wasmPaths: BackendOptions['wasmPaths']): Promise<Opened> {
  const [canThread, simd] = await Promise.all([hasThreads(), tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')])
  if (threaded && !canThread)
    throw new Error('With threads it needs a page that is isolated from other sites (SharedArrayBuffer).')
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threaded)
  if (wasmPaths) setWasmPaths(wasmPaths)
  // The factory makes another instance each time; an earlier one may have been made with threads, or be broken.
  const factory = tf.findBackendFactory('wasm')
  tf.removeBackend('wasm')
  tf.registerBackend('wasm', factory)
  if (threaded) await startThreads()
  const threads = threaded ? `${getThreadsCount()} threads` : 'one thread'
  return { detail: `WebAssembly, ${simd ? 'SIMD, ' : ''}${threads}` }
}

/**
 * Half of the logical cores, which often come two to a core, but two where there are two. The binary never takes more than
 * half of what the browser names while it starts, so that two have to be named four.
 */
async function startThreads(): Promise<void> {
  const cores = navigator.hardwareConcurrency
  const threads = Math.min(maxThreads, Math.max(Math.floor(cores / 2), Math.min(cores, 2)))
  setThreadsCount(threads)
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads, configurable: true })
  try {
    await catchingSharedMemory(() => tf.setBackend('wasm'))
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency')
  }
}

let threadsPossible: Promise<boolean> | undefined

/** Asked once: the flag is overwritten by whoever tries to do without. */
function hasThreads(): Promise<boolean> {
  threadsPossible ??= Promise.resolve(tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')).then(Boolean)
  return threadsPossible
}

async function use(name: BackendName, { gpu }: Opened): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error('It could not be started.')
  if (name === 'webgpu') registerWebGpuKernels()
  else if (name === 'wasm') registerWasmKernels()
  else registerComposedKernels(name)
  await selfTest()
  const error = gpu?.takeError()
  if (error) throw new Error(`It reports an error: ${error.message}`)
}

async function withPatience<Value>(name: BackendName, promise: Promise<Value>): Promise<Value> {
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
