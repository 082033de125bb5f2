/** The kernel of adam.ts in one pass; stock operations take sixteen. */
import type * as tf from '@tensorflow/tfjs'
import { numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor } from './heap.ts'
import type { OwnModule } from './own-module.ts'

export function adamWasm(own: OwnModule, { inputs, attrs, backend }: Parameters<tf.KernelFunc>[0]) {
  const rate = (name: string) => numberAttribute(attrs, name)
  const before = (name: string) => addressOf(backend, tensorInput(inputs, name))
  const { shape, size: count } = tensorInput(inputs, 'weight')
  const made = [0, 1, 2, 3].map(() => newTensor(backend, shape))
  const [weight, average, mean, square] = made.map((tensor) => addressOf(backend, tensor))
  // Multiplying both sides of the quotient by the root of the correction saves a division.
  const root = rate('rootOfSquareCorrection')
  own.adam(
    before('weight'),
    before('average'),
    before('mean'),
    before('square'),
    before('gradient'),
    weight,
    average,
    mean,
    square,
    count,
    rate('meanDecay'),
    rate('squareDecay'),
    rate('averageDecay'),
    rate('factor'),
    rate('size') * root,
    rate('epsilon') * root,
  )
  return made
}
