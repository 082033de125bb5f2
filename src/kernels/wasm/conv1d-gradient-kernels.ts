/** Kernels for convolution gradients: the transposed copies that they need take one pass over the wasm heap. */
import * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { newTensor, transposeInto, valuesInHeap } from './heap.ts'

export const backwardFilterWasm: tf.KernelFunc = ({ inputs, backend }) => {
  const filter = tensorInput(inputs, 'filter')
  const [taps, rows, columns] = filter.shape
  const turned = newTensor(backend, [taps, columns, rows])
  const [from, to] = [valuesInHeap(backend, filter), valuesInHeap(backend, turned)]
  const size = rows * columns
  for (let tap = 0; tap < taps; tap++)
    transposeInto(
      { values: to, offset: tap * size, stride: rows },
      { values: from, offset: (taps - 1 - tap) * size, stride: columns },
      rows,
      columns,
    )
  return turned
}

/** Stacks the transposed shift of x for each tap and multiplies by dy: one plain product for XNNPACK. */
export const conv1dFilterGradientWasm: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const taps = numberAttribute(attrs, 'taps')
  const dilation = numberAttribute(attrs, 'dilation')
  const [batch, time, channels] = activationShape(x)
  const [, , outputs] = activationShape(dy)
  const rows = batch * time
  const seen = newTensor(backend, [taps * channels, rows])
  const [from, to] = [valuesInHeap(backend, x), valuesInHeap(backend, seen)]
  if (taps > 1) to.fill(0) // beyond the ends of the signal
  for (let tap = 0; tap < taps; tap++) {
    const offset = dilation * (tap - (taps - 1) / 2)
    const first = Math.max(0, -offset)
    const count = Math.min(time, time - offset) - first
    for (let item = 0; item < batch; item++)
      transposeInto(
        { values: to, offset: tap * channels * rows + item * time + first, stride: rows },
        { values: from, offset: (item * time + first + offset) * channels, stride: channels },
        count,
        channels,
      )
  }
  return tf.tidy(() => {
    const left = tf
      .engine()
      .makeTensorFromTensorInfo(seen)
      .as2D(taps * channels, rows)
    return tf.matMul(left, dy.as2D(rows, outputs)).reshape([taps, channels, outputs])
  })
}
