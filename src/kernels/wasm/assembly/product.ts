/**
 * Matrix product for factors that may change with every call, such as weights and activations in training. Several
 * threads compute it; shared-work.ts divides it among them.
 */
import { pack } from './pack'
import { partCount, productAt, tileRows, unitCount } from './product-units'
import { completeUnits, descriptionAt } from './shared-work'

/** Maximum number of packed values that a unit of work reads; they take 512 KB. */
const maxPacked: i32 = 131072
/** Number of multiplications from which other threads help; one thread computes them in some 40 microseconds. */
const minShared: i64 = 1000000

/**
 * y [rows, columns] = a [rows, inner] b [inner, columns], plus the bias [columns] unless its address is 0. A value is
 * found at its row times the row stride plus its column times the column stride, so that swapped strides transpose a
 * factor. `scratch` has room for `inner * (rows + 5 + 8 * threads) + 48 * threads` values; `control` is the block of
 * shared-work.ts.
 */
export function product(
  a: usize,
  aRowStride: i32,
  aColumnStride: i32,
  b: usize,
  bRowStride: i32,
  bColumnStride: i32,
  bias: usize,
  y: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  scratch: usize,
  control: usize,
): void {
  const bandBytes = (<usize>(tileRows * inner)) << 2
  let band = scratch
  for (let row: i32 = 0; row < rows; row += tileRows) {
    const from = a + ((<usize>(row * aRowStride)) << 2)
    pack(band, from, aRowStride, aColumnStride, min(tileRows, rows - row), inner, tileRows)
    band += bandBytes
  }
  const bands = partCount(rows, tileRows)
  const work = productAt(control + descriptionAt)
  work.packed = scratch
  work.b = b
  work.bRowStride = bRowStride
  work.bColumnStride = bColumnStride
  work.bias = bias
  work.y = y
  work.rows = rows
  work.inner = inner
  work.columns = columns
  work.bandsPerUnit = partCount(bands, partCount(bands, max(1, maxPacked / (tileRows * inner))))
  work.scratch = band
  completeUnits(control, unitCount(work), <i64>rows * <i64>inner * <i64>columns >= minShared)
}
