import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { hasWebGpu, useWebGpu } from '../testing/webgpu-backend.ts'
import { trimBufferPool } from './buffer-pool.ts'

const megabyte = 2 ** 20

/** Bytes that the device holds. */
const held = () => Number(Reflect.get(tf.memory(), 'numBytesAllocatedInGPU'))

test.skipIf(!(await hasWebGpu()))('buffers of past sizes are destroyed, and those in use kept', async () => {
  await useWebGpu()
  const kept = tf.tidy(() => tf.ones([megabyte / 4]).add(1))
  const before = held()
  for (const size of [megabyte, 2 * megabyte]) {
    const sum = tf.tidy(() => tf.ones([size / 4]).add(2))
    await sum.data()
    sum.dispose()
  }
  expect(held()).toBeGreaterThan(before + 3 * megabyte)
  const pooled = held()
  trimBufferPool(64 * megabyte)
  expect(held()).toBe(pooled)
  trimBufferPool(megabyte)
  expect(held()).toBeLessThan(before + megabyte)
  expect((await kept.data()).every((value) => value === 2)).toBe(true)
  kept.dispose()
})
