/** tfjs's exponential, four values at a time; its own is a scalar loop. */
import type * as tf from '@tensorflow/tfjs'
import { tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor } from './heap.ts'
import type { OwnModule } from './own-module.ts'

/** Exponentials of float32 tensors; `stock` does the others. */
export function exponentialWasm(own: OwnModule, call: Parameters<tf.KernelFunc>[0], stock: tf.KernelFunc) {
  const { inputs, backend } = call
  const x = tensorInput(inputs, 'x')
  if (x.dtype !== 'float32' || x.size === 0) return stock(call)
  const powers = newTensor(backend, x.shape)
  own.exponential(addressOf(backend, x), addressOf(backend, powers), x.size)
  return powers
}
