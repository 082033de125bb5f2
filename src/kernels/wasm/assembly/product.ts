/**
 * Matrix product for factors that change with every call, such as weights and activations in training. XNNPACK first
 * packs the weights, which for few rows takes longer than the product.
 */

import { multiplyAdd } from './multiply-add'
import { transposeBlock } from './transpose-block'

/** Results of 6 rows and 8 columns stay in registers: 12 accumulators, two vectors of b, one value of a. */
const tileRows: i32 = 6
const tileColumns: i32 = 8

/**
 * y [rows, columns] = a [rows, inner] b [inner, columns], plus the bias [columns] unless its address is 0. A value is
 * found at its row times the row stride plus its column times the column stride, so that swapped strides transpose a
 * factor. `scratch` has room for `inner * (rows + 5 + 8) + 48` values.
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
): void {
  const tile = scratch
  const panel = tile + ((<usize>(tileRows * tileColumns)) << 2)
  const packed = panel + ((<usize>(tileColumns * inner)) << 2)
  const bandBytes = (<usize>(tileRows * inner)) << 2
  const rowBytes = (<usize>columns) << 2
  let band = packed
  for (let row: i32 = 0; row < rows; row += tileRows) {
    const from = a + ((<usize>(row * aRowStride)) << 2)
    pack(band, from, aRowStride, aColumnStride, min(tileRows, rows - row), inner, tileRows)
    band += bandBytes
  }
  for (let column: i32 = 0; column < columns; column += tileColumns) {
    const width = min(tileColumns, columns - column)
    pack(
      panel,
      b + ((<usize>(column * bColumnStride)) << 2),
      bColumnStride,
      bRowStride,
      width,
      inner,
      tileColumns,
    )
    let left = f32x4.splat(0)
    let right = left
    if (bias !== 0) {
      const from = bias + ((<usize>column) << 2)
      left = loadFirst(from, min(4, width))
      right = loadFirst(from + 16, width - 4)
    }
    band = packed
    for (let row: i32 = 0; row < rows; row += tileRows) {
      const height = min(tileRows, rows - row)
      const to = y + <usize>row * rowBytes + ((<usize>column) << 2)
      if (height === tileRows && width === tileColumns) {
        multiply(band, panel, inner, left, right, to, rowBytes)
      } else {
        multiply(band, panel, inner, left, right, tile, (<usize>tileColumns) << 2)
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
}

/**
 * Writes `inner` groups of `size` values: the n-th of `count` vectors, `vectorStride` apart, gives the n-th value of
 * every group. Missing vectors give zeros.
 */
function pack(
  to: usize,
  from: usize,
  vectorStride: i32,
  innerStride: i32,
  count: i32,
  inner: i32,
  size: i32,
): void {
  const groupBytes = (<usize>size) << 2
  if (count < size) memory.fill(to, 0, groupBytes * <usize>inner)
  if (vectorStride === 1) {
    const bytes = (<usize>innerStride) << 2
    for (let k: i32 = 0; k < inner; k++) {
      if (count === 8) {
        v128.store(to, v128.load(from))
        v128.store(to, v128.load(from, 16), 16)
      } else if (count === 6) {
        v128.store(to, v128.load(from))
        store<u64>(to, load<u64>(from, 16), 16)
      } else {
        memory.copy(to, from, (<usize>count) << 2)
      }
      to += groupBytes
      from += bytes
    }
    return
  }
  const vectorBytes = (<usize>vectorStride) << 2
  const fours = innerStride === 1 ? inner & ~3 : 0
  let vector: i32 = 0
  for (; vector + 4 <= count; vector += 4) {
    let source = from + <usize>vector * vectorBytes
    let target = to + ((<usize>vector) << 2)
    for (let k: i32 = 0; k < fours; k += 4) {
      transposeBlock(target, groupBytes, source, vectorBytes)
      source += 16
      target += groupBytes << 2
    }
    for (let lane: i32 = 0; lane < 4; lane++)
      packOne(to, from, groupBytes, vectorBytes, innerStride, vector + lane, fours, inner)
  }
  for (; vector < count; vector++) packOne(to, from, groupBytes, vectorBytes, innerStride, vector, 0, inner)
}

function packOne(
  to: usize,
  from: usize,
  groupBytes: usize,
  vectorBytes: usize,
  innerStride: i32,
  vector: i32,
  first: i32,
  inner: i32,
): void {
  const source = from + <usize>vector * vectorBytes
  const target = to + ((<usize>vector) << 2)
  const innerBytes = (<usize>innerStride) << 2
  for (let k: i32 = first; k < inner; k++)
    store<f32>(target + <usize>k * groupBytes, load<f32>(source + <usize>k * innerBytes))
}

/** Loads up to four values and zeros. */
function loadFirst(from: usize, count: i32): v128 {
  if (count >= 4) return v128.load(from)
  let values = f32x4.splat(0)
  if (count > 0) values = v128.load_lane<f32>(from, values, 0)
  if (count > 1) values = v128.load_lane<f32>(from + 4, values, 1)
  if (count > 2) values = v128.load_lane<f32>(from + 8, values, 2)
  return values
}

/** One tile: starts with `left` and `right` in each row, and adds the products of `inner` packed groups. */
function multiply(a: usize, b: usize, inner: i32, left: v128, right: v128, to: usize, rowBytes: usize): void {
  let l0 = left
  let l1 = left
  let l2 = left
  let l3 = left
  let l4 = left
  let l5 = left
  let r0 = right
  let r1 = right
  let r2 = right
  let r3 = right
  let r4 = right
  let r5 = right
  for (let k: i32 = 0; k < inner; k++) {
    const bl = v128.load(b)
    const br = v128.load(b, 16)
    let value = v128.load32_splat(a)
    l0 = multiplyAdd(value, bl, l0)
    r0 = multiplyAdd(value, br, r0)
    value = v128.load32_splat(a, 4)
    l1 = multiplyAdd(value, bl, l1)
    r1 = multiplyAdd(value, br, r1)
    value = v128.load32_splat(a, 8)
    l2 = multiplyAdd(value, bl, l2)
    r2 = multiplyAdd(value, br, r2)
    value = v128.load32_splat(a, 12)
    l3 = multiplyAdd(value, bl, l3)
    r3 = multiplyAdd(value, br, r3)
    value = v128.load32_splat(a, 16)
    l4 = multiplyAdd(value, bl, l4)
    r4 = multiplyAdd(value, br, r4)
    value = v128.load32_splat(a, 20)
    l5 = multiplyAdd(value, bl, l5)
    r5 = multiplyAdd(value, br, r5)
    a += 24
    b += 32
  }
  v128.store(to, l0)
  v128.store(to, r0, 16)
  to += rowBytes
  v128.store(to, l1)
  v128.store(to, r1, 16)
  to += rowBytes
  v128.store(to, l2)
  v128.store(to, r2, 16)
  to += rowBytes
  v128.store(to, l3)
  v128.store(to, r3, 16)
  to += rowBytes
  v128.store(to, l4)
  v128.store(to, r4, 16)
  to += rowBytes
  v128.store(to, l5)
  v128.store(to, r5, 16)
}
