/** Threads for our own wasm module; tfjs's own, which would run XNNPACK, are never started. */
import type * as tf from '@tensorflow/tfjs'
import { helpersOf } from '../../kernels/wasm/own-module.ts'
import { trustOwnWorkers } from '../../worker/trusted-worker-urls.ts'

let helping: Worker[] = []

/** Starts the threads that share the work of the backend, `threads` with the calling one, instead of earlier ones. */
export function startHelpers(backend: tf.KernelBackend, threads: number): void {
  for (const worker of helping) worker.terminate()
  trustOwnWorkers()
  helping = helpersOf(backend, threads).map((helper) => {
    const worker = new Worker(new URL('./wasm-thread.ts', import.meta.url), { type: 'module', name: 'wasm' })
    worker.postMessage(helper)
    return worker
  })
}
