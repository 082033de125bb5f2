/** Kernels for convolution gradients. Each makes the transposed copies that it needs in one pass. */
import * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor, valuesInHeap } from './heap.ts'
import type { OwnModule } from './own-module.ts'

const valueBytes = 4

export function backwardFilterWasm(own: OwnModule, { inputs, backend }: Parameters<tf.KernelFunc>[0]) {
  const filter = tensorInput(inputs, 'filter')
  const [taps, rows, columns] = filter.shape
  const turned = newTensor(backend, [taps, columns, rows])
  const [from, to] = [addressOf(backend, filter), addressOf(backend, turned)]
  const tapBytes = rows * columns * valueBytes
  for (let tap = 0; tap < taps; tap++)
    own.transpose(to + tap * tapBytes, rows, from + (taps - 1 - tap) * tapBytes, columns, rows, columns)
  return turned
}

/** Stacks the transposed, shifted x of every tap and multiplies by dy: one plain matrix product for XNNPACK. */
export function conv1dFilterGradientWasm(
  own: OwnModule,
  { inputs, attrs, backend }: Parameters<tf.KernelFunc>[0],
) {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const taps = numberAttribute(attrs, 'taps')
  const dilation = numberAttribute(attrs, 'dilation')
  const [batch, time, channels] = activationShape(x)
  const [, , outputs] = activationShape(dy)
  const rows = batch * time
  const seen = newTensor(backend, [taps * channels, rows])
  const [from, to] = [addressOf(backend, x), addressOf(backend, seen)]
  if (taps > 1) valuesInHeap(backend, seen).fill(0) // Values beyond the ends of the signal are zero.
  for (let tap = 0; tap < taps; tap++) {
    const offset = dilation * (tap - (taps - 1) / 2)
    const first = Math.max(0, -offset)
    const count = Math.min(time, time - offset) - first
    if (count <= 0) continue // The tap reads only zeros.
    for (let item = 0; item < batch; item++) {
      const target = to + (tap * channels * rows + item * time + first) * valueBytes
      const source = from + (item * time + first + offset) * channels * valueBytes
      own.transpose(target, rows, source, channels, count, channels)
    }
  }
  return tf.tidy(() => {
    const left = tf
      .engine()
      .makeTensorFromTensorInfo(seen)
      .as2D(taps * channels, rows)
    return tf.matMul(left, dy.as2D(rows, outputs)).reshape([taps, channels, outputs])
  })
}
