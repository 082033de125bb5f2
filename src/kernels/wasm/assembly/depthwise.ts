/** Convolution along time of each channel by itself, on [batch, time, channels]; ../../frames/depthwise.ts has the formula. */
import { multiplyAdd } from './multiply-add'

/** The bias is 0 if its address is. With `isReversed` the taps are in reverse order, which gives the gradient of x. */
export function depthwise(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  batch: i32,
  time: i32,
  channels: i32,
  taps: i32,
  isReversed: bool,
): void {
  const rowBytes = (<usize>channels) << 2
  const vectorBytes = rowBytes & ~15
  const half = (taps - 1) >> 1
  for (let item: i32 = 0; item < batch; item++) {
    for (let t: i32 = 0; t < time; t++) {
      const first = max(0, half - t)
      const end = min(taps, time + half - t)
      const seen = x + <usize>(t + first - half) * rowBytes
      const weights = filter + <usize>(isReversed ? taps - 1 - first : first) * rowBytes
      for (let at: usize = 0; at < vectorBytes; at += 16) {
        let sum = bias === 0 ? f32x4.splat(0) : v128.load(bias + at)
        let from = seen + at
        let weight = weights + at
        for (let tap = first; tap < end; tap++) {
          sum = multiplyAdd(v128.load(from), v128.load(weight), sum)
          from += rowBytes
          weight = isReversed ? weight - rowBytes : weight + rowBytes
        }
        v128.store(y + at, sum)
      }
      for (let at: usize = vectorBytes; at < rowBytes; at += 4) {
        let sum: f32 = bias === 0 ? 0 : load<f32>(bias + at)
        let from = seen + at
        let weight = weights + at
        for (let tap = first; tap < end; tap++) {
          sum += load<f32>(from) * load<f32>(weight)
          from += rowBytes
          weight = isReversed ? weight - rowBytes : weight + rowBytes
        }
        store<f32>(y + at, sum)
      }
      y += rowBytes
    }
    x += <usize>time * rowBytes
  }
}

/** x and dy -> the gradient of the filter, [taps, channels]. */
export function depthwiseFilterGradient(
  x: usize,
  dy: usize,
  gradient: usize,
  batch: i32,
  time: i32,
  channels: i32,
  taps: i32,
): void {
  const rowBytes = (<usize>channels) << 2
  const vectorBytes = rowBytes & ~15
  const half = (taps - 1) >> 1
  memory.fill(gradient, 0, <usize>taps * rowBytes)
  for (let item: i32 = 0; item < batch; item++) {
    for (let t: i32 = 0; t < time; t++) {
      for (let tap = max(0, half - t), end = min(taps, time + half - t); tap < end; tap++) {
        const from = x + <usize>(t + tap - half) * rowBytes
        const sums = gradient + <usize>tap * rowBytes
        for (let at: usize = 0; at < vectorBytes; at += 16)
          v128.store(sums + at, multiplyAdd(v128.load(from + at), v128.load(dy + at), v128.load(sums + at)))
        for (let at: usize = vectorBytes; at < rowBytes; at += 4)
          store<f32>(sums + at, load<f32>(sums + at) + load<f32>(from + at) * load<f32>(dy + at))
      }
      dy += rowBytes
    }
    x += <usize>time * rowBytes
  }
}
