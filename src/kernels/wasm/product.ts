/** Matrix products in our own module, for factors that change with every call. */
import type * as tf from '@tensorflow/tfjs'
import { addressOf, withScratch } from './heap.ts'
import type { OwnModule } from './own-module.ts'

/** The values of a tensor as a matrix: value (row, column) is at row * rowStride + column * columnStride. */
export type Factor = {
  readonly of: tf.TensorInfo
  readonly rowStride: number
  readonly columnStride: number
}

/** A tensor whose rows have `columns` values. */
export function rowsOf(of: tf.TensorInfo, columns: number): Factor {
  return { of, rowStride: columns, columnStride: 1 }
}

/** The transpose, without a copy. */
export function transposed({ of, rowStride, columnStride }: Factor): Factor {
  return { of, rowStride: columnStride, columnStride: rowStride }
}

/** The number of values that assembly/product.ts needs as scratch. */
function scratchSize(rows: number, inner: number, threads: number): number {
  return inner * (rows + 5 + 8 * threads) + 48 * threads
}

/** Writes a [rows, inner] times b [inner, columns], plus the bias [columns] if there is one, to `to`. */
export function writeProduct(
  own: OwnModule,
  backend: unknown,
  to: tf.TensorInfo,
  { a, b, bias }: { readonly a: Factor; readonly b: Factor; readonly bias?: tf.TensorInfo },
  { rows, inner, columns }: { readonly rows: number; readonly inner: number; readonly columns: number },
): void {
  const at = (tensor: tf.TensorInfo) => addressOf(backend, tensor)
  withScratch(backend, scratchSize(rows, inner, own.threads), (scratch) =>
    own.product(
      at(a.of),
      a.rowStride,
      a.columnStride,
      at(b.of),
      b.rowStride,
      b.columnStride,
      bias ? at(bias) : 0,
      at(to),
      rows,
      inner,
      columns,
      scratch,
      own.control,
    ),
  )
}
