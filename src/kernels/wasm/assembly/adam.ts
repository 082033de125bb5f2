/** One step of Adam with a moving average, four values at a time; adam.ts gives the formula. */

/**
 * Reads `count` values of each of the first five arrays and writes `count` values to each of the last four. `size` and
 * `epsilon` are already multiplied by the square root of the bias correction of the second moment.
 */
export function adam(
  weight: usize,
  average: usize,
  mean: usize,
  square: usize,
  gradient: usize,
  newWeight: usize,
  newAverage: usize,
  newMean: usize,
  newSquare: usize,
  count: i32,
  meanDecay: f32,
  squareDecay: f32,
  averageDecay: f32,
  factor: f32,
  size: f32,
  epsilon: f32,
): void {
  const factors = f32x4.splat(factor)
  const meanDecays = f32x4.splat(meanDecay)
  const meanShares = f32x4.splat(1 - meanDecay)
  const squareDecays = f32x4.splat(squareDecay)
  const squareShares = f32x4.splat(1 - squareDecay)
  const averageDecays = f32x4.splat(averageDecay)
  const averageShares = f32x4.splat(1 - averageDecay)
  const sizes = f32x4.splat(size)
  const epsilons = f32x4.splat(epsilon)
  const bytes: usize = (<usize>count) << 2
  const vectorBytes: usize = bytes & ~15
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const g = f32x4.mul(v128.load(gradient + at), factors)
    const m = f32x4.add(f32x4.mul(v128.load(mean + at), meanDecays), f32x4.mul(g, meanShares))
    const s = f32x4.add(
      f32x4.mul(v128.load(square + at), squareDecays),
      f32x4.mul(f32x4.mul(g, g), squareShares),
    )
    const w = f32x4.sub(
      v128.load(weight + at),
      f32x4.div(f32x4.mul(sizes, m), f32x4.add(f32x4.sqrt(s), epsilons)),
    )
    v128.store(newMean + at, m)
    v128.store(newSquare + at, s)
    v128.store(newWeight + at, w)
    v128.store(
      newAverage + at,
      f32x4.add(f32x4.mul(v128.load(average + at), averageDecays), f32x4.mul(w, averageShares)),
    )
  }
  for (let at: usize = vectorBytes; at < bytes; at += 4) {
    const g = load<f32>(gradient + at) * factor
    const m = load<f32>(mean + at) * meanDecay + g * (1 - meanDecay)
    const s = load<f32>(square + at) * squareDecay + g * g * (1 - squareDecay)
    const w = load<f32>(weight + at) - (size * m) / (sqrt<f32>(s) + epsilon)
    store<f32>(newMean + at, m)
    store<f32>(newSquare + at, s)
    store<f32>(newWeight + at, w)
    store<f32>(newAverage + at, load<f32>(average + at) * averageDecay + w * (1 - averageDecay))
  }
}
