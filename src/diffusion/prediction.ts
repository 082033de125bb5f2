/**
 * The prediction target of a network for y = a x + b eps, with a = sqrt(alpha-bar) and b = sqrt(1 - alpha-bar): the
 * noise eps, v = a eps - b x (Salimans and Ho 2022, section 4 and appendix D), or the endpoint x, the clean signal. The
 * reverse process needs the noise.
 */

import type { Signals } from './signals.ts'

export type Prediction = 'noise' | 'v' | 'endpoint'

/** v of a signal and its noise. */
export function vOf(signal: number, noise: number, level: number): number {
  return level * noise - Math.sqrt(1 - level * level) * signal
}

/** Factors of the network's output at `level` and of y; the weighted sum is the noise in y. */
export function noiseFactors(
  prediction: Prediction,
  level: number,
): { readonly output: number; readonly y: number } {
  const rest = Math.sqrt(1 - level * level)
  switch (prediction) {
    case 'noise':
      return { output: 1, y: 0 }
    case 'v':
      return { output: level, y: rest }
    case 'endpoint':
      return { output: -level / rest, y: 1 / rest }
  }
}

/** Converts the network's `output` at `level` to the noise in `y`: a new signal, or `output` if it is the noise already. */
export function noiseFrom<Signal>(
  signals: Pick<Signals<Signal>, 'sum'>,
  prediction: Prediction,
  output: Signal,
  y: Signal,
  level: number,
): Signal {
  if (prediction === 'noise') return output
  const factors = noiseFactors(prediction, level)
  return signals.sum([
    [factors.output, output],
    [factors.y, y],
  ])
}
