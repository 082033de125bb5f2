/** The kernels of absorbed.ts, in one pass over the weights each. */
import type * as tf from '@tensorflow/tfjs'
import { tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor } from './heap.ts'
import type { OwnModule } from './own-module.ts'

type Call = Parameters<tf.KernelFunc>[0]

const names = ['matrix', 'bias', 'gains', 'offsets', 'scale'] as const

export function absorbedWasm(own: OwnModule, { inputs, backend }: Call) {
  const [rows, columns] = tensorInput(inputs, 'matrix').shape
  const made = [newTensor(backend, [rows, columns]), newTensor(backend, [columns])]
  const [matrix, bias, gains, offsets, scale] = names.map((name) =>
    addressOf(backend, tensorInput(inputs, name)),
  )
  const [filter, newBias] = made.map((tensor) => addressOf(backend, tensor))
  own.absorbed(matrix, bias, gains, offsets, scale, filter, newBias, rows, columns)
  return made
}

export function absorbedGradientsWasm(own: OwnModule, { inputs, backend }: Call) {
  const [rows, columns] = tensorInput(inputs, 'matrix').shape
  const made = [[rows, columns], [columns], [rows], [rows], [columns]].map((shape) =>
    newTensor(backend, shape),
  )
  const [matrix, bias, gains, offsets, scale, dFilter, dNewBias] = [...names, 'dFilter', 'dBias'].map(
    (name) => addressOf(backend, tensorInput(inputs, name)),
  )
  const [dMatrix, dBias, dGains, dOffsets, dScale] = made.map((tensor) => addressOf(backend, tensor))
  own.absorbedGradients(
    matrix,
    bias,
    gains,
    offsets,
    scale,
    dFilter,
    dNewBias,
    dMatrix,
    dBias,
    dGains,
    dOffsets,
    dScale,
    rows,
    columns,
  )
  return made
}
