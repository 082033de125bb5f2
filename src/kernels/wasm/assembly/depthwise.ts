/** Convolution along time of each channel by itself; depthwise.ts gives the formula. */

/** x [batch, time, channels], filter [taps, channels], bias [channels] -> [batch, time, channels]. */
export function depthwise(
  x: usize,
  filter: usize,
  bias: usize,
  to: usize,
  batch: i32,
  time: i32,
  channels: i32,
  taps: i32,
): void {
  const rowBytes = (<usize>channels) << 2
  const wideBytes = rowBytes & ~63
  const vectorBytes = rowBytes & ~15
  const half = taps >> 1
  for (let item: i32 = 0; item < batch; item++) {
    for (let t: i32 = 0; t < time; t++) {
      const first = max(0, half - t)
      const count = min(taps, time + half - t) - first
      const from = x + <usize>(t + first - half) * rowBytes
      const weights = filter + <usize>first * rowBytes
      for (let at: usize = 0; at < wideBytes; at += 64) {
        let a = v128.load(bias + at)
        let b = v128.load(bias + at, 16)
        let c = v128.load(bias + at, 32)
        let d = v128.load(bias + at, 48)
        let value = from + at
        let weight = weights + at
        for (let tap: i32 = 0; tap < count; tap++) {
          a = f32x4.add(a, f32x4.mul(v128.load(value), v128.load(weight)))
          b = f32x4.add(b, f32x4.mul(v128.load(value, 16), v128.load(weight, 16)))
          c = f32x4.add(c, f32x4.mul(v128.load(value, 32), v128.load(weight, 32)))
          d = f32x4.add(d, f32x4.mul(v128.load(value, 48), v128.load(weight, 48)))
          value += rowBytes
          weight += rowBytes
        }
        v128.store(to + at, a)
        v128.store(to + at, b, 16)
        v128.store(to + at, c, 32)
        v128.store(to + at, d, 48)
      }
      for (let at: usize = wideBytes; at < vectorBytes; at += 16) {
        let sum = v128.load(bias + at)
        for (let tap: i32 = 0; tap < count; tap++) {
          const moved = <usize>tap * rowBytes + at
          sum = f32x4.add(sum, f32x4.mul(v128.load(from + moved), v128.load(weights + moved)))
        }
        v128.store(to + at, sum)
      }
      for (let at: usize = vectorBytes; at < rowBytes; at += 4) {
        let sum = load<f32>(bias + at)
        for (let tap: i32 = 0; tap < count; tap++) {
          const moved = <usize>tap * rowBytes + at
          sum += load<f32>(from + moved) * load<f32>(weights + moved)
        }
        store<f32>(to + at, sum)
      }
      to += rowBytes
    }
    x += <usize>time * rowBytes
  }
}
