/** Writes e^x of `count` values. */
export function exponential(x: usize, to: usize, count: i32): void {
  const bytes = (<usize>count) << 2
  const vectorBytes = bytes & ~15
  for (let at: usize = 0; at < vectorBytes; at += 16) v128.store(to + at, expOf(v128.load(x + at)))
  for (let at: usize = vectorBytes; at < bytes; at += 4)
    v128.store_lane<f32>(to + at, expOf(v128.load32_zero(x + at)), 0)
}

/** Adding and subtracting it rounds to a whole number, which the sum has in its lowest bits: 1.5 * 2^23. */
const rounding: f32 = 12582912
const log2Of: f32 = <f32>Math.LOG2E

/**
 * e^x = 2^n e^r, with x = n ln 2 + r and |r| <= ln 2 / 2; the polynomial is that of Cephes' expf (Moshier), which is
 * accurate to 2 units in the last place. Two factors make 2^n, so that it may overflow and be subnormal.
 */
function expOf(x: v128): v128 {
  const limited = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104)) // These keep NaN.
  const sum = f32x4.add(f32x4.mul(limited, f32x4.splat(log2Of)), f32x4.splat(rounding))
  const n = f32x4.sub(sum, f32x4.splat(rounding))
  // ln 2 in two parts, the first of which has few digits, so that its product with n is exact.
  const r = f32x4.sub(
    f32x4.sub(limited, f32x4.mul(n, f32x4.splat(0.693359375))),
    f32x4.mul(n, f32x4.splat(-2.1219444e-4)),
  )
  let p = f32x4.splat(1.98756915e-4)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1))
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1))
  const power = i32x4.sub(sum, i32x4.splat(reinterpret<i32>(rounding)))
  const half = i32x4.shr_s(power, 1)
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(power, half)))
}

function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23)
}
