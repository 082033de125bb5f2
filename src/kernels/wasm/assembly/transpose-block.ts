/** Transposes the 4 x 4 values at `from` in registers and writes them to `to`. Strides are bytes from row to row. */
export function transposeBlock(to: usize, toBytes: usize, from: usize, fromBytes: usize): void {
  const a = v128.load(from)
  const b = v128.load(from + fromBytes)
  const c = v128.load(from + 2 * fromBytes)
  const d = v128.load(from + 3 * fromBytes)
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2))
  v128.store(to + toBytes, v128.shuffle<i64>(ab, cd, 1, 3))
  v128.store(to + 2 * toBytes, v128.shuffle<i64>(abHigh, cdHigh, 0, 2))
  v128.store(to + 3 * toBytes, v128.shuffle<i64>(abHigh, cdHigh, 1, 3))
}
