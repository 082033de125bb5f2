/** Returns the sum of the squares of `count` values, accumulated in four float64 partial sums. */
export function sumOfSquares(values: usize, count: i32): f64 {
  const bytes: usize = (<usize>count) << 2
  const vectorBytes: usize = bytes & ~15
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const four = v128.load(values + at)
    const first = f64x2.promote_low_f32x4(four)
    const second = f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 2, 3))
    low = f64x2.add(low, f64x2.mul(first, first))
    high = f64x2.add(high, f64x2.mul(second, second))
  }
  const both = f64x2.add(low, high)
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
  for (let at: usize = vectorBytes; at < bytes; at += 4) {
    const value = <f64>load<f32>(values + at)
    sum += value * value
  }
  return sum
}
