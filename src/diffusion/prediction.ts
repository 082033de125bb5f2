/**
 * What a network predicts of y = a x + b eps, with a = sqrt(alpha-bar) and b = sqrt(1 - alpha-bar): the noise eps itself,
 * or v = a eps - b x (Salimans and Ho 2022, section 4 and appendix D). The reverse process needs the noise.
 */

export type Prediction = 'noise' | 'v'

/** v of a signal and its noise. */
export function vOf(signal: number, noise: number, level: number): number {
  return level * noise - Math.sqrt(1 - level * level) * signal
}

/** The noise in `y` that the network's `output` at `level` means; a new array, or `output` where it is the noise. */
export function noiseFrom(
  prediction: Prediction,
  output: Float32Array,
  y: Float32Array,
  level: number,
): Float32Array {
  if (prediction === 'noise') return output
  const rest = Math.sqrt(1 - level * level)
  return output.map((v, t) => level * v + rest * y[t])
}
