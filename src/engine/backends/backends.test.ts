import * as tf from '@tensorflow/tfjs'
import { expect, test, vi } from 'vitest'
import { conv1dKernel } from '../../kernels/conv1d.ts'
import { chooseBackend } from './backends.ts'
import { selfTest } from './self-test.ts'

test('without WebGPU and threads, single-threaded WebAssembly is chosen, and the reasons are reported', async () => {
  const { report } = await chooseBackend({})
  expect(report).toEqual({
    name: 'wasm',
    detail: 'WebAssembly, SIMD, one thread',
    software: false,
    skipped: [
      { name: 'webgpu', reason: 'This browser has no WebGPU.' },
      { name: 'wasm', reason: expect.stringContaining('SharedArrayBuffer') },
    ],
  })
  expect(tf.getBackend()).toBe('wasm')
})

test('the requested backend is used, and no other is tried', async () => {
  expect((await chooseBackend({ backend: 'cpu' })).report).toMatchObject({ name: 'cpu', skipped: [] })
  expect(tf.getBackend()).toBe('cpu')
})

test('a requested backend that is unavailable is refused with the reason', async () => {
  await expect(chooseBackend({ backend: 'webgpu' })).rejects.toMatchObject({
    problem: {
      code: 'backend-unavailable',
      found: 'webgpu: This browser has no WebGPU.',
      remedy: expect.stringContaining('backend=webgpu'),
    },
  })
})

test('backends that were skipped before are not tried again, and stay in the report', async () => {
  const skipped = [{ name: 'wasm', reason: 'it stopped answering' }] as const
  const { report } = await chooseBackend({ skipped })
  expect(report.name).toBe('cpu')
  expect(report.skipped).toContainEqual(skipped[0])
})

test('a backend whose code cannot be fetched is skipped with the reason, and the next one is tried', async () => {
  vi.doMock('./wasm-backend.ts', () => {
    throw new Error('Failed to fetch dynamically imported module')
  })
  try {
    const { report } = await chooseBackend({})
    expect(report.name).toBe('cpu')
    expect(report.skipped).toContainEqual({
      name: 'wasm',
      reason: 'This part of the page could not be fetched.',
    })
  } finally {
    vi.doUnmock('./wasm-backend.ts')
  }
})

test('a backend that computes wrongly fails the self-test and is skipped', async () => {
  const { report: right } = await chooseBackend({ backend: 'cpu' })
  expect(right.name).toBe('cpu')
  const { kernelFunc } = tf.getKernel(conv1dKernel, 'cpu')
  const wrong = vi.fn<tf.KernelFunc>((input) => {
    const result = kernelFunc(input)
    // Computes one of the dilations wrongly.
    if (input.attrs?.dilation !== 8) return result
    return kernelFunc({ ...input, attrs: { ...input.attrs, dilation: 4 } })
  })
  tf.unregisterKernel(conv1dKernel, 'cpu')
  tf.registerKernel({ kernelName: conv1dKernel, backendName: 'cpu', kernelFunc: wrong })
  try {
    await expect(chooseBackend({ backend: 'cpu' })).rejects.toMatchObject({
      problem: { found: expect.stringContaining('known-answer self-test') },
    })
    expect(wrong).toHaveBeenCalled()
  } finally {
    tf.unregisterKernel(conv1dKernel, 'cpu')
    tf.registerKernel({ kernelName: conv1dKernel, backendName: 'cpu', kernelFunc })
  }
})

test('the self-test does not leak tensors', async () => {
  await chooseBackend({ backend: 'cpu' })
  const before = tf.memory().numTensors
  await selfTest()
  expect(tf.memory().numTensors).toBe(before)
})
