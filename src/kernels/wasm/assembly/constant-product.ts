/** Product with a constant sparse matrix, for four rows at a time. */

/** Bytes of one value of four rows. */
const fourBytes: usize = 16

/**
 * x [rows, inner] times a column-compressed matrix -> [rows, columns]. Column c has the entries from end[c - 1] to
 * end[c], exclusive, each with the row of the matrix and a value. `scratch` has room for 4 * inner values.
 */
export function constantProduct(
  x: usize,
  ends: usize,
  entryRows: usize,
  entryValues: usize,
  scratch: usize,
  to: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const innerBytes = (<usize>inner) << 2
  const columnBytes = (<usize>columns) << 2
  for (let row: i32 = 0; row < rows; row += 4) {
    const count = min(4, rows - row)
    interleave(x + <usize>row * innerBytes, innerBytes, count, scratch)
    let target = to + <usize>row * columnBytes
    let entry: i32 = 0
    for (let column: i32 = 0; column < columns; column++) {
      const end = load<i32>(ends + ((<usize>column) << 2))
      let sum = f32x4.splat(0)
      for (; entry < end; entry++) {
        const at = (<usize>entry) << 2
        const four = v128.load(scratch + <usize>load<i32>(entryRows + at) * fourBytes)
        sum = f32x4.add(sum, f32x4.mul(four, v128.load32_splat(entryValues + at)))
      }
      v128.store_lane<f32>(target, sum, 0)
      if (count > 1) v128.store_lane<f32>(target + columnBytes, sum, 1)
      if (count > 2) v128.store_lane<f32>(target + 2 * columnBytes, sum, 2)
      if (count > 3) v128.store_lane<f32>(target + 3 * columnBytes, sum, 3)
      target += 4
    }
  }
}

/** Copies up to four rows so that their values of one column are side by side; missing rows repeat the last one. */
function interleave(x: usize, rowBytes: usize, count: i32, to: usize): void {
  const a = x
  const b = x + <usize>min(1, count - 1) * rowBytes
  const c = x + <usize>min(2, count - 1) * rowBytes
  const d = x + <usize>(count - 1) * rowBytes
  const vectorBytes = rowBytes & ~15
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const fromA = v128.load(a + at)
    const fromB = v128.load(b + at)
    const fromC = v128.load(c + at)
    const fromD = v128.load(d + at)
    const ab = v128.shuffle<i32>(fromA, fromB, 0, 4, 1, 5)
    const cd = v128.shuffle<i32>(fromC, fromD, 0, 4, 1, 5)
    const abHigh = v128.shuffle<i32>(fromA, fromB, 2, 6, 3, 7)
    const cdHigh = v128.shuffle<i32>(fromC, fromD, 2, 6, 3, 7)
    v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2))
    v128.store(to + 16, v128.shuffle<i64>(ab, cd, 1, 3))
    v128.store(to + 32, v128.shuffle<i64>(abHigh, cdHigh, 0, 2))
    v128.store(to + 48, v128.shuffle<i64>(abHigh, cdHigh, 1, 3))
    to += 64
  }
  for (let at: usize = vectorBytes; at < rowBytes; at += 4) {
    store<f32>(to, load<f32>(a + at))
    store<f32>(to + 4, load<f32>(b + at))
    store<f32>(to + 8, load<f32>(c + at))
    store<f32>(to + 12, load<f32>(d + at))
    to += 16
  }
}
