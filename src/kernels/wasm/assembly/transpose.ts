/** Transposed copies, in 4 x 4 blocks that stay in registers. */

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
        const a = v128.load(source)
        const b = v128.load(source + fromBytes)
        const c = v128.load(source + 2 * fromBytes)
        const d = v128.load(source + 3 * fromBytes)
        const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
        const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
        const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
        const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
        v128.store(target, v128.shuffle<i64>(ab, cd, 0, 2))
        v128.store(target + toBytes, v128.shuffle<i64>(ab, cd, 1, 3))
        v128.store(target + 2 * toBytes, v128.shuffle<i64>(abHigh, cdHigh, 0, 2))
        v128.store(target + 3 * toBytes, v128.shuffle<i64>(abHigh, cdHigh, 1, 3))
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
