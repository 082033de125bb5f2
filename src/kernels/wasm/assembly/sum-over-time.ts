/** Writes the sum over `rows` rows of `channels` values each to `to`, [channels], accumulated in float64. */
export function sumOverTime(x: usize, to: usize, rows: i32, channels: i32): void {
  const rowBytes = (<usize>channels) << 2
  const vectorBytes = rowBytes & ~15
  const end = x + <usize>rows * rowBytes
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    let low = f64x2.splat(0)
    let high = f64x2.splat(0)
    for (let from = x + at; from < end; from += rowBytes) {
      const four = v128.load(from)
      low = f64x2.add(low, f64x2.promote_low_f32x4(four))
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 2, 3)))
    }
    const sums = v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
    v128.store(to + at, sums)
  }
  for (let at: usize = vectorBytes; at < rowBytes; at += 4) {
    let sum: f64 = 0
    for (let from = x + at; from < end; from += rowBytes) sum += load<f32>(from)
    store<f32>(to + at, <f32>sum)
  }
}
