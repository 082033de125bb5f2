/** The kernel of constant-matrix.ts over the non-zero entries of the matrix. */
import type * as tf from '@tensorflow/tfjs'
import { tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor, valuesInHeap, withScratch } from './heap.ts'
import type { OwnModule } from './own-module.ts'

/** Column-compressed: entries `ends[column - 1]` to `ends[column]`, end exclusive, with their rows and values. */
type Entries = { readonly ends: Int32Array; readonly rows: Int32Array; readonly values: Float32Array }

/** Cached by the matrix's data, which is never written to. */
const found = new WeakMap<object, Entries>()

export function constantProductWasm(own: OwnModule, { inputs, backend }: Parameters<tf.KernelFunc>[0]) {
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
  const { ends, rows, values } = entries
  const [from, to] = [addressOf(backend, x), addressOf(backend, product)]
  withScratch(backend, ends.length + rows.length + values.length + 4 * inner, (scratch) => {
    const heap = valuesInHeap(backend, product).buffer
    let end = scratch
    const [endsAt, rowsAt, valuesAt] = [ends, rows, values].map((list) => {
      const at = end
      new Int32Array(heap, at, list.length).set(new Int32Array(list.buffer))
      end += list.byteLength
      return at
    })
    own.constantProduct(from, endsAt, rowsAt, valuesAt, end, to, count, inner, columns)
  })
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
