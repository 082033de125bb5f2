/**
 * A worker that computes products on threads, and replies with the largest error, the threads' share of the work and the
 * number of threads that tfjs started.
 */
import * as tf from '@tensorflow/tfjs'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { uniformNoise } from '../../../base/random.ts'
import { conv1d } from '../../../kernels/conv1d.ts'
import { catchingSharedMemory, helpersOf, loadOwnModule } from '../../../kernels/wasm/own-module.ts'
import { registerWasmKernels } from '../../../kernels/wasm/register.ts'
import { startHelpers } from '../wasm-helpers.ts'

export type ThreadedProducts = {
  readonly maxError: number
  readonly helpedUnits: number
  readonly threadsOfTfjs: number
}

/** Row, inner and column counts; the last product is too short to be shared. */
const sizes = [
  [431, 256, 64],
  [64, 256, 131],
  [1000, 150, 9],
  [7, 5, 3],
] as const

addEventListener('message', async ({ data: threads }: MessageEvent<number>) => {
  setThreadsCount(1)
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/')
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', true)
  const threadsOfTfjs = await workersStartedIn(() => catchingSharedMemory(() => tf.setBackend('wasm')))
  await loadOwnModule(tf.backend())
  startHelpers(tf.backend(), threads)
  registerWasmKernels()
  const [{ memory, control }] = helpersOf(tf.backend(), threads)
  const helpedUnits = () => Atomics.load(new Int32Array(memory.buffer), control / 4 + 4)
  let maxError = 0
  // The threads need a moment to start, in which the first products are computed without them.
  for (let round = 0; round < 5 || (round < 2000 && helpedUnits() === 0); round++) {
    for (const size of sizes) maxError = Math.max(maxError, await errorOf(size, round))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  postMessage({ maxError, helpedUnits: helpedUnits(), threadsOfTfjs } satisfies ThreadedProducts)
})

/** The number of workers that `start` starts. */
async function workersStartedIn(start: () => Promise<unknown>): Promise<number> {
  const { Worker } = globalThis
  let count = 0
  globalThis.Worker = class extends Worker {
    constructor(...values: ConstructorParameters<typeof Worker>) {
      super(...values)
      count++
    }
  }
  await start()
  globalThis.Worker = Worker
  return count
}

/** The largest deviation of some rows of a product from sums in float64. */
async function errorOf([rows, inner, columns]: (typeof sizes)[number], seed: number): Promise<number> {
  const [x, filter, bias] = [rows * inner, inner * columns, columns].map((size, stream) =>
    uniformNoise(seed, stream, 0, size),
  )
  const y = tf.tidy(() =>
    conv1d(tf.tensor3d(x, [1, rows, inner]), tf.tensor3d(filter, [1, inner, columns]), tf.tensor1d(bias)),
  )
  const values = await y.data()
  y.dispose()
  let largest = 0
  for (let row = 0; row < rows; row += 5)
    for (let column = 0; column < columns; column++) {
      let sum = bias[column]
      for (let k = 0; k < inner; k++) sum += x[row * inner + k] * filter[k * columns + column]
      largest = Math.max(largest, Math.abs(sum - values[row * columns + column]))
    }
  return largest
}
