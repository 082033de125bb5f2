import { expect, test } from 'vitest'
import type { ThreadedProducts } from './testing/threaded-products.ts'

/** Starts a worker, which may wait for other threads, as the page may not. */
function computed(threads: number): Promise<ThreadedProducts> {
  const worker = new Worker(new URL('./testing/threaded-products.ts', import.meta.url), { type: 'module' })
  return new Promise<ThreadedProducts>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ThreadedProducts>) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(threads)
  }).finally(() => worker.terminate())
}

test.each([2, 4])('%i threads share products, and tfjs starts none', async (threads) => {
  const { maxError, helpedUnits, threadsOfTfjs } = await computed(threads)
  expect(maxError).toBeLessThan(1e-4)
  expect(helpedUnits).toBeGreaterThan(0)
  expect(threadsOfTfjs).toBe(0)
})
