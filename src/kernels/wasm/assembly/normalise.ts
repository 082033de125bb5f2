/** Layer normalisation; normalise.ts gives the formula. */

/** x [rows, channels] -> the same shape, each row with mean 0 and variance 1. */
export function normalise(x: usize, to: usize, rows: i32, channels: i32, epsilon: f32): void {
  const rowBytes = (<usize>channels) << 2
  const vectorBytes = rowBytes & ~15
  const share: f32 = 1 / <f32>channels
  for (let row: i32 = 0; row < rows; row++) {
    let four = f32x4.splat(0)
    for (let at: usize = 0; at < vectorBytes; at += 16) four = f32x4.add(four, v128.load(x + at))
    let sum = sumOf(four)
    for (let at: usize = vectorBytes; at < rowBytes; at += 4) sum += load<f32>(x + at)
    const mean = sum * share
    const means = f32x4.splat(mean)
    four = f32x4.splat(0)
    for (let at: usize = 0; at < vectorBytes; at += 16) {
      const centred = f32x4.sub(v128.load(x + at), means)
      four = f32x4.add(four, f32x4.mul(centred, centred))
    }
    sum = sumOf(four)
    for (let at: usize = vectorBytes; at < rowBytes; at += 4) {
      const centred = load<f32>(x + at) - mean
      sum += centred * centred
    }
    const scale: f32 = 1 / sqrt<f32>(sum * share + epsilon)
    const scales = f32x4.splat(scale)
    for (let at: usize = 0; at < vectorBytes; at += 16)
      v128.store(to + at, f32x4.mul(f32x4.sub(v128.load(x + at), means), scales))
    for (let at: usize = vectorBytes; at < rowBytes; at += 4)
      store<f32>(to + at, (load<f32>(x + at) - mean) * scale)
    x += rowBytes
    to += rowBytes
  }
}

function sumOf(four: v128): f32 {
  return (
    f32x4.extract_lane(four, 0) +
    f32x4.extract_lane(four, 1) +
    (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3))
  )
}
