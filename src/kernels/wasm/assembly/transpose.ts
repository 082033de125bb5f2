/** Transposed copies, in 4 x 4 blocks that stay in registers. */
import { transposeBlock } from './transpose-block'

/**
 * Writes the transpose of the matrix [rows, columns] at `from` to `to`. Strides are the number of values from one row
 * to the next. Blocks of 32 rows keep the written lines in the cache even if the strides are large powers of two.
 */
export function transpose(
  to: usize,
  toStride: i32,
  from: usize,
  fromStride: i32,
  rows: i32,
  columns: i32,
): void {
  const fromBytes = (<usize>fromStride) << 2
  const toBytes = (<usize>toStride) << 2
  const rowsEnd = rows & ~3
  const columnsEnd = columns & ~3
  for (let block: i32 = 0; block < rowsEnd; block += 32) {
    const blockEnd = min(block + 32, rowsEnd)
    for (let column: i32 = 0; column < columnsEnd; column += 4) {
      for (let row: i32 = block; row < blockEnd; row += 4) {
        const source = from + <usize>row * fromBytes + ((<usize>column) << 2)
        const target = to + <usize>column * toBytes + ((<usize>row) << 2)
        transposeBlock(target, toBytes, source, fromBytes)
      }
    }
  }
  copyTransposed(to, toBytes, from, fromBytes, rowsEnd, rows, 0, columns)
  copyTransposed(to, toBytes, from, fromBytes, 0, rowsEnd, columnsEnd, columns)
}

function copyTransposed(
  to: usize,
  toBytes: usize,
  from: usize,
  fromBytes: usize,
  firstRow: i32,
  lastRow: i32,
  firstColumn: i32,
  lastColumn: i32,
): void {
  for (let row = firstRow; row < lastRow; row++) {
    for (let column = firstColumn; column < lastColumn; column++) {
      store<f32>(
        to + <usize>column * toBytes + ((<usize>row) << 2),
        load<f32>(from + <usize>row * fromBytes + ((<usize>column) << 2)),
      )
    }
  }
}
