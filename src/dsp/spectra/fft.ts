/**
 * Fourier transform of real frames. A frame of N samples is packed into N / 2 complex numbers, transformed by one
 * complex FFT of half the size, and the spectra of even and odd samples are then separated (Numerical Recipes, section
 * 12.3).
 */
import FFT from 'fft.js'
import { ProblemError } from '../../base/problem.ts'

/** Transforms of one size. Spectra interleave real and imaginary parts: 2 * `bins` numbers. */
export type RealFft = {
  readonly size: number
  /** size / 2 + 1: from 0 Hz to half the sample rate. */
  readonly bins: number
  /** Writes the spectrum of `frame` (size) to `spectrum` (2 * bins); does not change `frame`. */
  forward(frame: Float64Array, spectrum: Float64Array): void
  /**
   * Writes the inverse of `spectrum` (2 * bins), divided by the size, to `frame` (size); does not change `spectrum`.
   */
  inverse(spectrum: Float64Array, frame: Float64Array): void
}

const plans = new Map<number, RealFft>()

/** Returns the cached transform of frames of `size` samples. Throws a ProblemError unless a power of two >= 4. */
export function realFft(size: number): RealFft {
  let plan = plans.get(size)
  if (!plan) {
    plan = planRealFft(size)
    plans.set(size, plan)
  }
  return plan
}

function planRealFft(size: number): RealFft {
  if (!Number.isInteger(Math.log2(size)) || size < 4 || size > 2 ** 24) {
    throw new ProblemError({
      code: 'fft-size',
      message: 'This FFT size cannot be used.',
      found: String(size),
      accepted: 'a power of two, such as 512, 1024 or 2048',
      remedy: 'Correct the FFT size in the configuration.',
    })
  }
  const half = size / 2
  const complexFft = new FFT(half)
  const scratch = new Float64Array(size)
  // exp(-2 pi i k / size), real and imaginary parts interleaved
  const twiddles = new Float64Array(half + 2)
  for (let k = 0; k <= half / 2; k++) {
    twiddles[2 * k] = Math.cos((2 * Math.PI * k) / size)
    twiddles[2 * k + 1] = -Math.sin((2 * Math.PI * k) / size)
  }

  return {
    size,
    bins: half + 1,
    forward(frame, spectrum) {
      complexFft.transform(scratch, frame)
      spectrum[0] = scratch[0] + scratch[1]
      spectrum[1] = 0
      spectrum[size] = scratch[0] - scratch[1]
      spectrum[size + 1] = 0
      for (let k = 1; k <= half / 2; k++) {
        const low = 2 * k
        const high = size - low
        // The odd samples' spectrum is rotated by the twiddle factor; bin size / 2 - k is its mirror image.
        const evenRe = (scratch[low] + scratch[high]) / 2
        const evenIm = (scratch[low + 1] - scratch[high + 1]) / 2
        const oddRe = (scratch[low + 1] + scratch[high + 1]) / 2
        const oddIm = (scratch[high] - scratch[low]) / 2
        const turnedRe = oddRe * twiddles[low] - oddIm * twiddles[low + 1]
        const turnedIm = oddRe * twiddles[low + 1] + oddIm * twiddles[low]
        spectrum[high] = evenRe - turnedRe
        spectrum[high + 1] = turnedIm - evenIm
        spectrum[low] = evenRe + turnedRe
        spectrum[low + 1] = evenIm + turnedIm
      }
    },
    inverse(spectrum, frame) {
      scratch[0] = (spectrum[0] + spectrum[size]) / 2
      scratch[1] = (spectrum[0] - spectrum[size]) / 2
      for (let k = 1; k <= half / 2; k++) {
        const low = 2 * k
        const high = size - low
        const evenRe = (spectrum[low] + spectrum[high]) / 2
        const evenIm = (spectrum[low + 1] - spectrum[high + 1]) / 2
        const turnedRe = (spectrum[low] - spectrum[high]) / 2
        const turnedIm = (spectrum[low + 1] + spectrum[high + 1]) / 2
        const oddRe = turnedRe * twiddles[low] + turnedIm * twiddles[low + 1]
        const oddIm = turnedIm * twiddles[low] - turnedRe * twiddles[low + 1]
        scratch[high] = evenRe + oddIm
        scratch[high + 1] = oddRe - evenIm
        scratch[low] = evenRe - oddIm
        scratch[low + 1] = evenIm + oddRe
      }
      complexFft.inverseTransform(frame, scratch)
    },
  }
}
