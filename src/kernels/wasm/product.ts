/** Matrix products in our own module, for factors that change with every call. */
import type * as tf from '@tensorflow/tfjs'
import { addressOf, withScratch } from './heap.ts'
import type { OwnModule } from './own-module.ts'

/**
 * For more rows, XNNPACK's threads gain more than the packing of the weights costs. Synthesis has more, and its weights
 * stay packed from call to call.
 */
const maxRows = 128

/** Whether `product` is faster than XNNPACK for a factor of so many rows of activations. */
export function isShort(rows: number): boolean {
  return rows <= maxRows
}

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

/** The numbers of values that assembly/product.ts needs as scratch: of each inner index, and in total. */
const scratch = { perInner: 13, more: 48 }

/** Writes a [rows, inner] times b [inner, columns], plus the bias [columns] if there is one, to `to`. */
export function writeProduct(
  own: OwnModule,
  backend: unknown,
  to: tf.TensorInfo,
  { a, b, bias }: { readonly a: Factor; readonly b: Factor; readonly bias?: tf.TensorInfo },
  { rows, inner, columns }: { readonly rows: number; readonly inner: number; readonly columns: number },
): void {
  const at = (tensor: tf.TensorInfo) => addressOf(backend, tensor)
  withScratch(backend, inner * (rows + scratch.perInner) + scratch.more, (free) =>
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
      free,
    ),
  )
}
