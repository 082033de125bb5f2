/** The kernel of adam.ts in one pass over the wasm heap, where stock operations take sixteen. */
import type * as tf from '@tensorflow/tfjs'
import { numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { newTensor, valuesInHeap } from './heap.ts'

export const adamWasm: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const rate = (name: string) => numberAttribute(attrs, name)
  const [meanDecay, squareDecay, averageDecay] = [
    rate('meanDecay'),
    rate('squareDecay'),
    rate('averageDecay'),
  ]
  const factor = rate('factor')
  // Multiplying both sides of the quotient by the root of the correction saves a division.
  const root = rate('rootOfSquareCorrection')
  const [scaledSize, scaledEpsilon] = [rate('size') * root, rate('epsilon') * root]
  const shape = tensorInput(inputs, 'weight').shape
  const made = [0, 1, 2, 3].map(() => newTensor(backend, shape))
  const [weights, averages, means, squares] = made.map((tensor) => valuesInHeap(backend, tensor))
  const before = (name: string) => valuesInHeap(backend, tensorInput(inputs, name))
  const [weight, average, mean, square] = [
    before('weight'),
    before('average'),
    before('mean'),
    before('square'),
  ]
  const gradients = before('gradient')
  for (let i = 0; i < weights.length; i++) {
    const gradient = gradients[i] * factor
    means[i] = mean[i] * meanDecay + gradient * (1 - meanDecay)
    squares[i] = square[i] * squareDecay + gradient * gradient * (1 - squareDecay)
    weights[i] = weight[i] - (scaledSize * means[i]) / (Math.sqrt(squares[i]) + scaledEpsilon)
    averages[i] = average[i] * averageDecay + weights[i] * (1 - averageDecay)
  }
  return made
}
