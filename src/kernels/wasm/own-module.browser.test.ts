import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { expect, test } from 'vitest'
import { sumOfSquares } from '../sum-of-squares.ts'
import { catchingSharedMemory, loadOwnModule, ownModule } from './own-module.ts'
import { registerWasmKernels } from './register.ts'

/** Starts a new wasm backend and makes it the current one. */
async function start(withThreads: boolean) {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', withThreads)
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/')
  const factory = tf.findBackendFactory('wasm')
  tf.removeBackend('wasm')
  tf.registerBackend('wasm', factory)
  await tf.setBackend('wasm')
  await loadOwnModule(tf.backend())
  registerWasmKernels()
}

async function expectToWork() {
  expect(ownModule(tf.backend())).toBeDefined()
  const x = tf.tensor1d([3, -4, 12])
  const sum = sumOfSquares([x])
  expect([...(await sum.data())]).toEqual([169])
  tf.dispose([x, sum])
}

test('works in memory that threads share, and in that of a later backend without threads', async () => {
  expect(crossOriginIsolated).toBe(true)
  const { Memory } = WebAssembly
  await catchingSharedMemory(() => start(true))
  expect(WebAssembly.Memory).toBe(Memory)
  await expectToWork()
  await start(false)
  await expectToWork()
})

test('without the shared memory the composed kernels do the same', async () => {
  await start(true)
  expect(ownModule(tf.backend())).toBeUndefined()
  const x = tf.tensor1d([3, -4, 12])
  const sum = sumOfSquares([x])
  expect([...(await sum.data())]).toEqual([169])
  tf.dispose([x, sum])
})
