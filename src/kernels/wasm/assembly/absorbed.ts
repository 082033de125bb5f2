/**
 * Weights that absorb gains, offsets and a scale, and their gradients, in one pass each; ../../absorbed.ts has the
 * formula.
 */
import { sumOfLanes } from './multiply-add'

/**
 * matrix [rows, columns], bias and scale [columns], gains and offsets [rows] -> filter [rows, columns], newBias
 * [columns].
 */
export function absorbed(
  matrix: usize,
  bias: usize,
  gains: usize,
  offsets: usize,
  scale: usize,
  filter: usize,
  newBias: usize,
  rows: i32,
  columns: i32,
): void {
  const rowBytes = (<usize>columns) << 2
  const vectorBytes = rowBytes & ~15
  memory.copy(newBias, bias, rowBytes)
  for (let row: usize = 0; row < <usize>rows; row++) {
    const gain = load<f32>(gains + (row << 2))
    const offset = load<f32>(offsets + (row << 2))
    const gainVector = f32x4.splat(gain)
    const offsetVector = f32x4.splat(offset)
    for (let at: usize = 0; at < vectorBytes; at += 16) {
      const w = v128.load(matrix + at)
      v128.store(filter + at, f32x4.mul(f32x4.mul(w, gainVector), v128.load(scale + at)))
      v128.store(newBias + at, f32x4.add(v128.load(newBias + at), f32x4.mul(w, offsetVector)))
    }
    for (let at: usize = vectorBytes; at < rowBytes; at += 4) {
      const w = load<f32>(matrix + at)
      store<f32>(filter + at, w * gain * load<f32>(scale + at))
      store<f32>(newBias + at, load<f32>(newBias + at) + w * offset)
    }
    matrix += rowBytes
    filter += rowBytes
  }
  for (let at: usize = 0; at < rowBytes; at += 4)
    store<f32>(newBias + at, load<f32>(newBias + at) * load<f32>(scale + at))
}

/** Reads the weights and the gradients of filter and newBias; writes the gradients of the five weights. */
export function absorbedGradients(
  matrix: usize,
  bias: usize,
  gains: usize,
  offsets: usize,
  scale: usize,
  dFilter: usize,
  dNewBias: usize,
  dMatrix: usize,
  dBias: usize,
  dGains: usize,
  dOffsets: usize,
  dScale: usize,
  rows: i32,
  columns: i32,
): void {
  const rowBytes = (<usize>columns) << 2
  const vectorBytes = rowBytes & ~15
  for (let at: usize = 0; at < rowBytes; at += 4) {
    const incoming = load<f32>(dNewBias + at)
    store<f32>(dBias + at, incoming * load<f32>(scale + at))
    store<f32>(dScale + at, incoming * load<f32>(bias + at))
  }
  for (let row: usize = 0; row < <usize>rows; row++) {
    const gain = load<f32>(gains + (row << 2))
    const offset = load<f32>(offsets + (row << 2))
    const gainVector = f32x4.splat(gain)
    const offsetVector = f32x4.splat(offset)
    let gainSums = f32x4.splat(0)
    let offsetSums = f32x4.splat(0)
    for (let at: usize = 0; at < vectorBytes; at += 16) {
      const w = v128.load(matrix + at)
      const incoming = v128.load(dFilter + at)
      const scaled = f32x4.mul(incoming, v128.load(scale + at))
      const ofBias = v128.load(dBias + at)
      v128.store(dMatrix + at, f32x4.add(f32x4.mul(scaled, gainVector), f32x4.mul(ofBias, offsetVector)))
      gainSums = f32x4.add(gainSums, f32x4.mul(scaled, w))
      offsetSums = f32x4.add(offsetSums, f32x4.mul(ofBias, w))
      const seen = f32x4.add(
        f32x4.mul(incoming, gainVector),
        f32x4.mul(v128.load(dNewBias + at), offsetVector),
      )
      v128.store(dScale + at, f32x4.add(v128.load(dScale + at), f32x4.mul(seen, w)))
    }
    let gainSum = sumOfLanes(gainSums)
    let offsetSum = sumOfLanes(offsetSums)
    for (let at: usize = vectorBytes; at < rowBytes; at += 4) {
      const w = load<f32>(matrix + at)
      const incoming = load<f32>(dFilter + at)
      const scaled = incoming * load<f32>(scale + at)
      const ofBias = load<f32>(dBias + at)
      store<f32>(dMatrix + at, scaled * gain + ofBias * offset)
      gainSum += scaled * w
      offsetSum += ofBias * w
      const seen = incoming * gain + load<f32>(dNewBias + at) * offset
      store<f32>(dScale + at, load<f32>(dScale + at) + seen * w)
    }
    store<f32>(dGains + (row << 2), gainSum)
    store<f32>(dOffsets + (row << 2), offsetSum)
    matrix += rowBytes
    dFilter += rowBytes
    dMatrix += rowBytes
  }
}
