/** tfjs's backend WebAssembly with the kernels of our own module. It is fetched only where there is no graphics device. */
import * as tf from '@tensorflow/tfjs'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { catchingSharedMemory, loadOwnModule } from '../../kernels/wasm/own-module.ts'
import { registerWasmKernels } from '../../kernels/wasm/register.ts'
import type { OpenedBackend } from './opened-backend.ts'
import { startHelpers } from './wasm-helpers.ts'

/** The page takes no more threads than this, however many cores there are. */
const maxThreads = 8

/**
 * Registers the backend, with threads or without. Rejects with the reason if the browser has no threads for it.
 * @param paths URLs of the wasm binaries; by default beside tfjs's own file
 */
export async function openWasm(
  threaded: boolean,
  paths: Readonly<Record<string, string>> | undefined,
): Promise<OpenedBackend> {
  const [canThread, simd] = await Promise.all([hasThreads(), tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')])
  if (threaded && !canThread)
    throw new Error('Threads require a page that is isolated from other sites (SharedArrayBuffer).')
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threaded)
  if (paths) setWasmPaths(paths)
  // The factory makes a new instance each time; an earlier one may have been made with threads, or be broken.
  const factory = tf.findBackendFactory('wasm')
  tf.removeBackend('wasm')
  tf.registerBackend('wasm', factory)
  // The threads of our own module share the work; tfjs's would contend with them.
  setThreadsCount(1)
  if (threaded) await catchingSharedMemory(() => tf.setBackend('wasm'))
  const threads = threaded ? threadsFor(navigator.hardwareConcurrency) : 1
  const named = threads > 1 ? `${threads} threads` : 'one thread'
  return {
    detail: `WebAssembly, ${simd ? 'SIMD, ' : ''}${named}`,
    async registerKernels() {
      await loadOwnModule(tf.backend())
      startHelpers(tf.backend(), threads)
      registerWasmKernels()
    },
  }
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
