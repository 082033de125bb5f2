/** Tiles of a matrix product, in units that any thread can compute. */
import { multiplyAdd } from './multiply-add'
import { pack } from './pack'

/** Results of 6 rows and 8 columns stay in registers: 12 accumulators, two vectors of b, one value of a. */
export const tileRows: i32 = 6
const tileColumns: i32 = 8

/** A product whose rows of a are packed in bands of `tileRows`. Addresses and strides are those of product.ts. */
@unmanaged
class PackedProduct {
  packed: usize
  b: usize
  bRowStride: i32
  bColumnStride: i32
  bias: usize
  y: usize
  rows: i32
  inner: i32
  columns: i32
  /** A unit computes `tileColumns` columns of the results of so many bands, whose packed values stay in the cache. */
  bandsPerUnit: i32
  /** Has room for a tile and a panel, `inner * 8 + 48` values, of each thread. */
  scratch: usize
}

/** The description at an address. */
export function productAt(address: usize): PackedProduct {
  return changetype<PackedProduct>(address)
}

export function unitCount(work: PackedProduct): i32 {
  const bands = partCount(work.rows, tileRows)
  return partCount(bands, work.bandsPerUnit) * partCount(work.columns, tileColumns)
}

/** Number of parts of at most `size` that make `count`. */
export function partCount(count: i32, size: i32): i32 {
  return (count + size - 1) / size
}

/** Computes one unit of the product described at an address; `thread` is the number of the calling thread, from 0. */
export function computeUnit(description: usize, unit: i32, thread: i32): void {
  const work = productAt(description)
  const inner = work.inner
  const columns = work.columns
  const panels = partCount(columns, tileColumns)
  const column = (unit % panels) * tileColumns
  const firstBand = (unit / panels) * work.bandsPerUnit
  const bandBytes = (<usize>(tileRows * inner)) << 2
  const rowBytes = (<usize>columns) << 2
  const tileBytes = (<usize>(tileRows * tileColumns)) << 2
  const panelBytes = (<usize>(tileColumns * inner)) << 2
  const tile = work.scratch + <usize>thread * (tileBytes + panelBytes)
  const panel = tile + tileBytes
  const width = min(tileColumns, columns - column)
  const from = work.b + ((<usize>(column * work.bColumnStride)) << 2)
  pack(panel, from, work.bColumnStride, work.bRowStride, width, inner, tileColumns)
  // Where a constant matrix has only zeros, such as between bins and distant bands, there is nothing to add.
  const first = startOfValues(panel, inner)
  const count = endOfValues(panel, inner) - first
  const used = panel + ((<usize>(first * tileColumns)) << 2)
  memory.fill(tile, 0, (<usize>tileColumns) << 2)
  if (work.bias !== 0) memory.copy(tile, work.bias + ((<usize>column) << 2), (<usize>width) << 2)
  const left = v128.load(tile)
  const right = v128.load(tile, 16)
  let band = work.packed + <usize>firstBand * bandBytes + ((<usize>(first * tileRows)) << 2)
  const end = min(work.rows, (firstBand + work.bandsPerUnit) * tileRows)
  for (let row = firstBand * tileRows; row < end; row += tileRows) {
    const height = min(tileRows, end - row)
    const to = work.y + <usize>row * rowBytes + ((<usize>column) << 2)
    if (height === tileRows && width === tileColumns) {
      multiply(band, used, count, left, right, to, rowBytes)
    } else {
      multiply(band, used, count, left, right, tile, (<usize>tileColumns) << 2)
      for (let line: i32 = 0; line < height; line++)
        memory.copy(
          to + <usize>line * rowBytes,
          tile + ((<usize>(line * tileColumns)) << 2),
          (<usize>width) << 2,
        )
    }
    band += bandBytes
  }
}

/** The number of the first group of a panel that is not all zero; that of the last one if all are. */
function startOfValues(panel: usize, inner: i32): i32 {
  let k: i32 = 0
  while (k < inner - 1 && isZero(panel, k)) k++
  return k
}

/** The number that follows that of the last group that is not all zero; 1 if all are. */
function endOfValues(panel: usize, inner: i32): i32 {
  let k = inner
  while (k > 1 && isZero(panel, k - 1)) k--
  return k
}

function isZero(panel: usize, group: i32): bool {
  const at = panel + ((<usize>(group * tileColumns)) << 2)
  return !v128.any_true(v128.or(v128.load(at), v128.load(at, 16)))
}

/** One tile: starts with `left` and `right` in each row, and adds the products of `inner` packed groups. */
function multiply(a: usize, b: usize, inner: i32, left: v128, right: v128, to: usize, rowBytes: usize): void {
  // biome-ignore format: one line for each half of the tile
  let l0 = left, l1 = left, l2 = left, l3 = left, l4 = left, l5 = left
  // biome-ignore format: as above
  let r0 = right, r1 = right, r2 = right, r3 = right, r4 = right, r5 = right
  // biome-ignore format: one line for each row of the tile
  for (let k: i32 = 0; k < inner; k++) {
    const bl = v128.load(b), br = v128.load(b, 16)
    let value = v128.load32_splat(a)
    l0 = multiplyAdd(value, bl, l0); r0 = multiplyAdd(value, br, r0); value = v128.load32_splat(a, 4)
    l1 = multiplyAdd(value, bl, l1); r1 = multiplyAdd(value, br, r1); value = v128.load32_splat(a, 8)
    l2 = multiplyAdd(value, bl, l2); r2 = multiplyAdd(value, br, r2); value = v128.load32_splat(a, 12)
    l3 = multiplyAdd(value, bl, l3); r3 = multiplyAdd(value, br, r3); value = v128.load32_splat(a, 16)
    l4 = multiplyAdd(value, bl, l4); r4 = multiplyAdd(value, br, r4); value = v128.load32_splat(a, 20)
    l5 = multiplyAdd(value, bl, l5); r5 = multiplyAdd(value, br, r5)
    a += 24
    b += 32
  }
  storeRow(to, l0, r0)
  storeRow(to + rowBytes, l1, r1)
  storeRow(to + 2 * rowBytes, l2, r2)
  storeRow(to + 3 * rowBytes, l3, r3)
  storeRow(to + 4 * rowBytes, l4, r4)
  storeRow(to + 5 * rowBytes, l5, r5)
}

function storeRow(to: usize, left: v128, right: v128): void {
  v128.store(to, left)
  v128.store(to, right, 16)
}
