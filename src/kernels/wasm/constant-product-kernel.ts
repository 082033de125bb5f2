/** The kernel of constant-matrix.ts: our own product, which skips the zeros of the matrix. */
import type * as tf from '@tensorflow/tfjs'
import { tensorInput } from '../kernel-arguments.ts'
import { newTensor } from './heap.ts'
import type { OwnModule } from './own-module.ts'
import { rowsOf, writeProduct } from './product.ts'

export function constantProductWasm(own: OwnModule, { inputs, backend }: Parameters<tf.KernelFunc>[0]) {
  const [x, matrix] = [tensorInput(inputs, 'x'), tensorInput(inputs, 'matrix')]
  const [inner, columns] = matrix.shape
  const rows = x.size / inner
  const product = newTensor(backend, [rows, columns])
  const factors = { a: rowsOf(x, inner), b: rowsOf(matrix, columns) }
  writeProduct(own, backend, product, factors, { rows, inner, columns })
  return product
}
