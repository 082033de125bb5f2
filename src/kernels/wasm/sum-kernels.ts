/** The kernels of sum-of-squares.ts and sum-over-time.ts; each takes one pass without copies. */
import type * as tf from '@tensorflow/tfjs'
import { activationShape, tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor, valuesInHeap } from './heap.ts'
import type { OwnModule } from './own-module.ts'

export function sumOfSquaresWasm(own: OwnModule, { inputs, backend }: Parameters<tf.KernelFunc>[0]) {
  let total = 0
  for (const name of Object.keys(inputs)) {
    const x = tensorInput(inputs, name)
    total += own.sumOfSquares(addressOf(backend, x), x.size)
  }
  const sum = newTensor(backend, [])
  valuesInHeap(backend, sum)[0] = total
  return sum
}

export function sumOverTimeWasm(own: OwnModule, { inputs, backend }: Parameters<tf.KernelFunc>[0]) {
  const x = tensorInput(inputs, 'x')
  const [batch, time, channels] = activationShape(x)
  const sums = newTensor(backend, [channels])
  own.sumOverTime(addressOf(backend, x), addressOf(backend, sums), batch * time, channels)
  return sums
}
