/**
 * Tensors of the wasm backend as numbers in its heap. tfjs's own kernels in JavaScript (slices, concatenations) copy a whole
 * tensor out of the heap to read a part of it, which in training takes longer than some of the products.
 */
import type * as tf from '@tensorflow/tfjs'
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm'

/** A new tensor of `shape`, not cleared; it belongs to the calling kernel. */
export function newTensor(backend: unknown, shape: number[]): tf.TensorInfo {
  return wasm(backend).makeOutput(shape, 'float32')
}

/** Its values, no copy: valid until the next tensor is made, for which the heap may move. */
export function valuesInHeap(backend: unknown, { dataId, shape }: tf.TensorInfo): Float32Array {
  const values = wasm(backend).typedArrayFromHeap({ dataId, shape, dtype: 'float32' })
  if (!(values instanceof Float32Array)) throw new Error('A tensor that is not float32')
  return values
}

function wasm(backend: unknown): BackendWasm {
  if (backend instanceof BackendWasm) return backend
  throw new Error('A wasm kernel was called on another backend')
}

/** Where in an array a matrix lies, and how far its rows are apart. */
export type Place = { readonly values: Float32Array; readonly offset: number; readonly stride: number }

const [rowsOfTile, columnsOfTile] = [16, 8]

/**
 * Writes the matrix [rows, columns] at `from`, transposed, to `to`. In tiles, so that rows a power of two apart do not drive
 * each other out of the cache.
 */
export function transposeInto(to: Place, from: Place, rows: number, columns: number): void {
  for (let column = 0; column < columns; column += columnsOfTile) {
    const columnsEnd = Math.min(column + columnsOfTile, columns)
    for (let row = 0; row < rows; row += rowsOfTile) {
      const rowsEnd = Math.min(row + rowsOfTile, rows)
      for (let c = column; c < columnsEnd; c++) {
        const target = to.offset + c * to.stride
        const source = from.offset + c
        for (let r = row; r < rowsEnd; r++) to.values[target + r] = from.values[source + r * from.stride]
      }
    }
  }
}
