/** Layer normalisation of the rows of a matrix, and its gradient; ../../frames/normalise.ts has the formula. */
import { multiplyAdd, sumOfLanes } from './multiply-add'

export function normalise(x: usize, y: usize, rows: i32, channels: i32, epsilon: f32): void {
  const rowBytes = (<usize>channels) << 2
  const vectorBytes = rowBytes & ~15
  for (let row: i32 = 0; row < rows; row++) {
    const mean = meanOf(x, rowBytes)
    const scale = scaleOf(x, rowBytes, mean, epsilon)
    const means = f32x4.splat(mean)
    const scales = f32x4.splat(scale)
    for (let at: usize = 0; at < vectorBytes; at += 16)
      v128.store(y + at, f32x4.mul(f32x4.sub(v128.load(x + at), means), scales))
    for (let at: usize = vectorBytes; at < rowBytes; at += 4)
      store<f32>(y + at, (load<f32>(x + at) - mean) * scale)
    x += rowBytes
    y += rowBytes
  }
}

export function normaliseGradient(
  x: usize,
  dy: usize,
  dx: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
): void {
  const rowBytes = (<usize>channels) << 2
  const vectorBytes = rowBytes & ~15
  const count = <f32>channels
  for (let row: i32 = 0; row < rows; row++) {
    const mean = meanOf(x, rowBytes)
    const scale = scaleOf(x, rowBytes, mean, epsilon)
    const means = f32x4.splat(mean)
    let alongSums = f32x4.splat(0) // The dot product of dy with the centred x.
    for (let at: usize = 0; at < vectorBytes; at += 16)
      alongSums = multiplyAdd(v128.load(dy + at), f32x4.sub(v128.load(x + at), means), alongSums)
    let along = sumOfLanes(alongSums)
    for (let at: usize = vectorBytes; at < rowBytes; at += 4)
      along += load<f32>(dy + at) * (load<f32>(x + at) - mean)
    const slope = (along * scale * scale) / count
    const level = meanOf(dy, rowBytes)
    const slopes = f32x4.splat(slope)
    const levels = f32x4.splat(level)
    const scales = f32x4.splat(scale)
    for (let at: usize = 0; at < vectorBytes; at += 16) {
      const centred = f32x4.sub(v128.load(x + at), means)
      const rest = f32x4.sub(f32x4.sub(v128.load(dy + at), levels), f32x4.mul(centred, slopes))
      v128.store(dx + at, f32x4.mul(rest, scales))
    }
    for (let at: usize = vectorBytes; at < rowBytes; at += 4)
      store<f32>(dx + at, (load<f32>(dy + at) - level - (load<f32>(x + at) - mean) * slope) * scale)
    x += rowBytes
    dy += rowBytes
    dx += rowBytes
  }
}

function meanOf(x: usize, bytes: usize): f32 {
  const vectorBytes = bytes & ~15
  let sums = f32x4.splat(0)
  for (let at: usize = 0; at < vectorBytes; at += 16) sums = f32x4.add(sums, v128.load(x + at))
  let sum = sumOfLanes(sums)
  for (let at: usize = vectorBytes; at < bytes; at += 4) sum += load<f32>(x + at)
  return sum / <f32>(bytes >> 2)
}

/** The reciprocal of the standard deviation. */
function scaleOf(x: usize, bytes: usize, mean: f32, epsilon: f32): f32 {
  const vectorBytes = bytes & ~15
  const means = f32x4.splat(mean)
  let sums = f32x4.splat(0)
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const centred = f32x4.sub(v128.load(x + at), means)
    sums = multiplyAdd(centred, centred, sums)
  }
  let sum = sumOfLanes(sums)
  for (let at: usize = vectorBytes; at < bytes; at += 4) {
    const centred = load<f32>(x + at) - mean
    sum += centred * centred
  }
  return <f32>1 / sqrt<f32>(sum / <f32>(bytes >> 2) + epsilon)
}
