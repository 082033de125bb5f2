/**
 * Access to wasm tensors as numbers in the heap. tfjs's own JavaScript kernels (slices, concatenations) copy a whole
 * tensor out of the heap to read a part of it, which in training takes longer than some of the products.
 */
import type * as tf from '@tensorflow/tfjs'
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm'

/** Allocates a tensor of `shape`, not cleared; it belongs to the calling kernel. */
export function newTensor(backend: unknown, shape: number[]): tf.TensorInfo {
  return wasm(backend).makeOutput(shape, 'float32')
}

/** Returns a view of its values, valid until the next tensor is created, which may move the heap. */
export function valuesInHeap(backend: unknown, { dataId, shape }: tf.TensorInfo): Float32Array {
  const values = wasm(backend).typedArrayFromHeap({ dataId, shape, dtype: 'float32' })
  if (!(values instanceof Float32Array)) throw new Error('A tensor that is not float32')
  return values
}

function wasm(backend: unknown): BackendWasm {
  if (backend instanceof BackendWasm) return backend
  throw new Error('A wasm kernel was called on another backend')
}

/** The position and row stride of a matrix in an array. */
export type Place = { readonly values: Float32Array; readonly offset: number; readonly stride: number }

const [rowsOfTile, columnsOfTile] = [16, 8]

/**
 * Writes the transpose of the matrix [rows, columns] at `from` to `to`. It works in tiles, so that rows a power of two
 * apart do not evict each other from the cache.
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
