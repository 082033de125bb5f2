/**
 * SciPy's `signal.resample_poly` with its default settings (FIR low-pass, Kaiser window of shape 5, ten zero
 * crossings), so that figures equal those of a scorer that uses it. For audible audio use dsp/signals/resample.ts, which
 * attenuates more.
 */
import { kaiserWindow } from '../dsp/signals/kaiser.ts'
import { greatestCommonDivisor } from '../dsp/signals/resample.ts'

const zeroCrossings = 10
const kaiserBeta = 5

/** SciPy's `firwin(2 * half + 1, 1 / slower)` times `up`: taps sum to `up`. */
function designLowPass(up: number, slower: number): Float64Array {
  const half = zeroCrossings * slower
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, index) => {
    const angle = (Math.PI * (index - half)) / slower
    return (angle === 0 ? 1 : Math.sin(angle) / angle) * kaiserWindow((index - half) / half, kaiserBeta)
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => (tap * up) / sum)
}

/** Resamples by up / down, two positive integers, to ceil(samples * up / down) samples. */
export function resamplePoly(samples: ArrayLike<number>, up: number, down: number): Float64Array {
  const divisor = greatestCommonDivisor(up, down)
  up /= divisor
  down /= divisor
  if (up === down) return Float64Array.from(samples)
  const slower = Math.max(up, down)
  const half = zeroCrossings * slower
  const taps = designLowPass(up, slower)
  const output = new Float64Array(Math.ceil((samples.length * up) / down))
  for (let n = 0; n < output.length; n++) {
    // On the grid of the upsampled signal, output n is at n * down and input k at k * up.
    const centre = n * down
    const first = Math.max(0, Math.ceil((centre - half) / up))
    const last = Math.min(samples.length - 1, Math.floor((centre + half) / up))
    let sum = 0
    for (let k = first, tap = centre - first * up + half; k <= last; k++, tap -= up)
      sum += samples[k] * taps[tap]
    output[n] = sum
  }
  return output
}
