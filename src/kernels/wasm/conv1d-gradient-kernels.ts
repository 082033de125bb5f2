/** Kernels for convolution gradients. */
import * as tf from '@tensorflow/tfjs'
import { conv1d } from '../conv1d.ts'
import { activationShape, numberAttribute, tensorInput, withThreeAxes } from '../kernel-arguments.ts'
import { addressOf, newTensor, valuesInHeap } from './heap.ts'
import type { OwnModule } from './own-module.ts'
import { rowsOf, transposed, writeProduct } from './product.ts'

const valueBytes = 4

type Call = Parameters<tf.KernelFunc>[0]

/** Multiplies dy by the transposed filter if there is one tap, and otherwise convolves it with the turned filter. */
export function conv1dInputGradientWasm(own: OwnModule, { inputs, attrs, backend }: Call) {
  const [dy, filter] = [tensorInput(inputs, 'dy'), tensorInput(inputs, 'filter')]
  const [batch, time, outputs] = activationShape(dy)
  const [taps, channels] = filter.shape
  const rows = batch * time
  if (taps === 1) {
    const gradient = newTensor(backend, [batch, time, channels])
    const factors = { a: rowsOf(dy, outputs), b: transposed(rowsOf(filter, outputs)) }
    writeProduct(own, backend, gradient, factors, { rows, inner: outputs, columns: channels })
    return gradient
  }
  return tf.tidy(() => {
    const turned = turnedFilter(own, backend, filter)
    return conv1d(withThreeAxes(dy), turned, tf.zeros([channels]), {
      dilation: numberAttribute(attrs, 'dilation'),
    })
  })
}

/** filter [taps, inputs, outputs] -> [taps, outputs, inputs], with the taps reversed. */
function turnedFilter(own: OwnModule, backend: unknown, filter: tf.Tensor): tf.Tensor3D {
  const [taps, rows, columns] = filter.shape
  const turned = newTensor(backend, [taps, columns, rows])
  const [from, to] = [addressOf(backend, filter), addressOf(backend, turned)]
  const tapBytes = rows * columns * valueBytes
  for (let tap = 0; tap < taps; tap++)
    own.transpose(to + tap * tapBytes, rows, from + (taps - 1 - tap) * tapBytes, columns, rows, columns)
  return withThreeAxes(tf.engine().makeTensorFromTensorInfo(turned))
}

/** One product: the transposed, shifted x of every tap, stacked, times dy. */
export function conv1dFilterGradientWasm(own: OwnModule, { inputs, attrs, backend }: Call) {
  const [x, dy] = [tensorInput(inputs, 'x'), tensorInput(inputs, 'dy')]
  const taps = numberAttribute(attrs, 'taps')
  const [batch, time, channels] = activationShape(x)
  const [, , outputs] = activationShape(dy)
  const rows = batch * time
  if (taps === 1) {
    const gradient = newTensor(backend, [1, channels, outputs])
    const factors = { a: transposed(rowsOf(x, channels)), b: rowsOf(dy, outputs) }
    writeProduct(own, backend, gradient, factors, { rows: channels, inner: rows, columns: outputs })
    return gradient
  }
  return tf.tidy(() => {
    const seen = stackedTaps(own, backend, x, taps, numberAttribute(attrs, 'dilation'))
    return tf.matMul(seen, dy.as2D(rows, outputs)).reshape([taps, channels, outputs])
  })
}

/** x [batch, time, channels] -> [taps * channels, batch * time]: what each tap reads, with zeros outside of x. */
function stackedTaps(
  own: OwnModule,
  backend: unknown,
  x: tf.Tensor,
  taps: number,
  dilation: number,
): tf.Tensor2D {
  const [batch, time, channels] = activationShape(x)
  const rows = batch * time
  const seen = newTensor(backend, [taps * channels, rows])
  const [from, to] = [addressOf(backend, x), addressOf(backend, seen)]
  if (taps > 1) valuesInHeap(backend, seen).fill(0)
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
  return tf
    .engine()
    .makeTensorFromTensorInfo(seen)
    .as2D(taps * channels, rows)
}
