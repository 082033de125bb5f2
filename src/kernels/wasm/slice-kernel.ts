/**
 * tfjs's slices and concatenations in one call of our own module. tfjs's kernels make two views of the heap for every
 * row, which takes several times as long as the copy.
 */
import * as tf from '@tensorflow/tfjs'
import { tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor } from './heap.ts'
import type { OwnModule } from './own-module.ts'

type Call = Parameters<tf.KernelFunc>[0]

const valueBytes = 4
const product = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1)

/** Slices that cut one axis, or the first two, of float32 tensors; `stock` does the others. */
export function sliceWasm(own: OwnModule, call: Call, stock: tf.KernelFunc) {
  const { inputs, attrs, backend } = call
  const x = tensorInput(inputs, 'x')
  const [begin, size] = tf.slice_util.parseSliceParams(x, numbers(attrs?.begin), numbers(attrs?.size))
  const isCut = (axis: number) => size[axis] !== x.shape[axis]
  const cut = x.shape.findLastIndex((_, axis) => isCut(axis))
  const isSimple = x.shape.every((_, axis) => axis >= cut || !isCut(axis) || (axis === 0 && cut === 1))
  if (x.dtype !== 'float32' || cut < 0 || !isSimple || product(size) === 0) return stock(call)
  const sliced = newTensor(backend, size)
  const inner = product(x.shape.slice(cut + 1))
  const stride = x.shape[cut] * inner
  const columns = size[cut] * inner
  const first = begin[cut] * inner + (cut === 1 ? begin[0] * stride : 0)
  const from = addressOf(backend, x) + first * valueBytes
  own.copyRows(addressOf(backend, sliced), columns, from, stride, product(size.slice(0, cut)), columns)
  return sliced
}

/** Concatenations of float32 tensors; `stock` does the others. */
export function concatWasm(own: OwnModule, call: Call, stock: tf.KernelFunc) {
  const { inputs, attrs, backend } = call
  const parts = Object.keys(inputs).map((name) => tensorInput(inputs, name))
  const [first] = parts
  const axis = tf.util.parseAxisParam(Number(attrs?.axis), first.shape)[0]
  tf.backend_util.assertParamsConsistent(
    parts.map((part) => part.shape),
    axis,
  )
  if (parts.some(({ dtype, size }) => dtype !== 'float32' || size === 0)) return stock(call)
  const shape = first.shape.map((size, at) =>
    at === axis ? parts.reduce((sum, part) => sum + part.shape[axis], 0) : size,
  )
  const joined = newTensor(backend, shape)
  const rows = product(shape.slice(0, axis))
  const stride = product(shape.slice(axis))
  let to = addressOf(backend, joined)
  for (const part of parts) {
    const columns = part.size / rows
    own.copyRows(to, stride, addressOf(backend, part), columns, rows, columns)
    to += columns * valueBytes
  }
  return joined
}

/** An attribute of a slice is one number, or one per axis. */
function numbers(value: unknown): number | number[] {
  return Array.isArray(value) ? value.map(Number) : Number(value)
}
