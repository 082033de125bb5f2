/** x * sigmoid(x) and its gradient, four values at a time. */
import { multiplyAdd } from './multiply-add'

export function silu(x: usize, y: usize, count: i32): void {
  const bytes: usize = (<usize>count) << 2
  const vectorBytes: usize = bytes & ~15
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const four = v128.load(x + at)
    v128.store(y + at, f32x4.mul(four, sigmoid(four)))
  }
  for (let at: usize = vectorBytes; at < bytes; at += 4) {
    const four = v128.load32_splat(x + at)
    v128.store_lane<f32>(y + at, f32x4.mul(four, sigmoid(four)), 0)
  }
}

export function siluGradient(x: usize, dy: usize, dx: usize, count: i32): void {
  const bytes: usize = (<usize>count) << 2
  const vectorBytes: usize = bytes & ~15
  for (let at: usize = 0; at < vectorBytes; at += 16)
    v128.store(dx + at, f32x4.mul(v128.load(dy + at), slope(v128.load(x + at))))
  for (let at: usize = vectorBytes; at < bytes; at += 4)
    v128.store_lane<f32>(dx + at, f32x4.mul(v128.load32_splat(dy + at), slope(v128.load32_splat(x + at))), 0)
}

function slope(x: v128): v128 {
  const share = sigmoid(x)
  return f32x4.mul(share, multiplyAdd(x, f32x4.sub(f32x4.splat(1), share), f32x4.splat(1)))
}

function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1)
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))))
}

/**
 * e^x = 2^n e^r with |r| <= ln 2 / 2, and e^r by the polynomial of Cephes' expf, whose error is below 2e-7 of the
 * result. Beyond +-87, where float32 ends, it is that of +-87; NaN stays NaN.
 */
function exp(x: v128): v128 {
  const limited = f32x4.max(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-87))
  const n = f32x4.nearest(f32x4.mul(limited, f32x4.splat(<f32>Math.LOG2E)))
  let r = f32x4.sub(limited, f32x4.mul(n, f32x4.splat(0.693359375)))
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)))
  let p = f32x4.splat(1.98756915e-4)
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3))
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3))
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2))
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1))
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1))
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return f32x4.mul(p, power)
}
