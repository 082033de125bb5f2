/** The kernel of constant-matrix.ts as loops over the non-zero entries of the matrix. */
import type * as tf from '@tensorflow/tfjs'
import { tensorInput } from '../kernel-arguments.ts'
import { newTensor, valuesInHeap } from './heap.ts'

/** Column-compressed: entries `ends[column - 1]` to `ends[column]`, end exclusive, with their rows and values. */
type Entries = { readonly ends: Int32Array; readonly rows: Int32Array; readonly values: Float32Array }

/** Cached by the matrix's data, which is never written to. */
const found = new WeakMap<object, Entries>()

export const constantProductWasm: tf.KernelFunc = ({ inputs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const matrix = tensorInput(inputs, 'matrix')
  const [inner, columns] = matrix.shape
  const count = x.size / inner
  let entries = found.get(matrix.dataId)
  if (!entries) {
    entries = entriesOf(valuesInHeap(backend, matrix), inner, columns)
    found.set(matrix.dataId, entries)
  }
  const product = newTensor(backend, [count, columns])
  const [from, to] = [valuesInHeap(backend, x), valuesInHeap(backend, product)]
  const { ends, rows, values } = entries
  for (let row = 0; row < count; row++) {
    const [first, out] = [row * inner, row * columns]
    let entry = 0
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (const end = ends[column]; entry < end; entry++) sum += from[first + rows[entry]] * values[entry]
      to[out + column] = sum
    }
  }
  return product
}

function entriesOf(matrix: Float32Array, inner: number, columns: number): Entries {
  const ends = new Int32Array(columns)
  const rows: number[] = []
  const values: number[] = []
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < inner; row++) {
      const value = matrix[row * columns + column]
      if (value === 0) continue
      rows.push(row)
      values.push(value)
    }
    ends[column] = rows.length
  }
  return { ends, rows: Int32Array.from(rows), values: Float32Array.from(values) }
}
