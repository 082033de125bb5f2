/**
 * Short-time Fourier transform and its least-squares inverse, differentiable, as products of frames with matrices of cosines
 * and sines into which the window is folded. The inverse is the transposed product, so that two matrices serve both ways
 * and both gradients. The twin in plain numbers is dsp/stft.ts.
 */
import * as tf from '@tensorflow/tfjs'
import { ConstantMatrix } from './constant-matrix.ts'
import { cutFrames, type FrameGrid, gridSamples, overlapAdd, reflected } from './frames.ts'

/** How a signal is cut: `window` has `fftSize` weights, with zeros around a shorter window; mirrored at both ends. */
export type StftFraming = {
  readonly fftSize: number
  readonly hopSamples: number
  readonly window: Float64Array
  readonly padLeft: number
  readonly padRight: number
}

/** Real and imaginary parts, each [batch * frames, fftSize / 2 + 1]. */
export type Spectra = { readonly re: tf.Tensor2D; readonly im: tf.Tensor2D }

export class Stft {
  readonly bins: number
  readonly #framing: StftFraming
  /** The window's first weight that is not zero, and how many there are from it to the last. */
  readonly #edge: number
  readonly #weights: Float64Array
  readonly #cosines: ConstantMatrix
  readonly #sines: ConstantMatrix

  /** Holds tensors until `dispose`. */
  constructor(framing: StftFraming) {
    const { window, fftSize, hopSamples } = framing
    this.#framing = framing
    this.bins = fftSize / 2 + 1
    this.#edge = window.findIndex((weight) => weight !== 0)
    this.#weights = window.slice(this.#edge, window.findLastIndex((weight) => weight !== 0) + 1)
    const width = Math.ceil(this.#weights.length / hopSamples) * hopSamples
    const cosines = new Float32Array(width * this.bins) // rows beyond the window stay zero
    const sines = new Float32Array(width * this.bins)
    for (const [n, weight] of this.#weights.entries())
      for (let bin = 0; bin < this.bins; bin++) {
        // The remainder keeps the angle exact.
        const angle = (2 * Math.PI * ((bin * (n + this.#edge)) % fftSize)) / fftSize
        cosines[n * this.bins + bin] = weight * Math.cos(angle)
        sines[n * this.bins + bin] = -weight * Math.sin(angle)
      }
    this.#cosines = new ConstantMatrix(cosines, width, this.bins)
    this.#sines = new ConstantMatrix(sines, width, this.bins)
  }

  /** Of a signal of so many samples. */
  frames(samples: number): number {
    const { fftSize, hopSamples, padLeft, padRight } = this.#framing
    return 1 + Math.floor((samples + padLeft + padRight - fftSize) / hopSamples)
  }

  /** signal [batch, samples], longer than the padding. Differentiable. The caller disposes. */
  spectra(signal: tf.Tensor2D): Spectra {
    return tf.tidy(() => {
      const [batch, samples] = signal.shape
      const grid = this.#grid(samples)
      const { before, reach, length } = this.#extent(grid)
      const extended = reflected(signal, before, reach - before - samples)
      const filled = length > reach ? tf.concat2d([extended, tf.zeros([batch, length - reach])], 1) : extended
      const cut = cutFrames(filled, grid)
      return { re: this.#cosines.times(cut), im: this.#sines.times(cut) }
    })
  }

  /** The signal [batch, samples] whose spectra are nearest to these (Griffin and Lim 1984, equation 6). Differentiable. */
  signal({ re, im }: Spectra, samples: number): tf.Tensor2D {
    return tf.tidy(() => {
      const { fftSize } = this.#framing
      const grid = this.#grid(samples)
      const { before } = this.#extent(grid)
      // A real signal's spectrum counts twice, but for its first and last bin.
      const share = tf.tensor1d(
        Float32Array.from({ length: this.bins }, (_, bin) => (bin % (this.bins - 1) === 0 ? 1 : 2) / fftSize),
      )
      const cut = this.#cosines
        .timesTransposed(re.mul(share))
        .add<tf.Tensor2D>(this.#sines.timesTransposed(im.mul(share)))
      const summed = overlapAdd(cut, grid)
      return summed
        .slice([0, before], [summed.shape[0], samples])
        .mul<tf.Tensor2D>(tf.tensor2d(this.#overlapGains(grid, samples), [1, samples]))
    })
  }

  dispose(): void {
    this.#cosines.dispose()
    this.#sines.dispose()
  }

  #grid(samples: number): FrameGrid {
    const { hopSamples } = this.#framing
    const pieces = Math.ceil(this.#weights.length / hopSamples)
    return { hopSamples, pieces, frames: this.frames(samples) }
  }

  /** Samples before the signal's first, from there to the last that a window sees, and to the end of the grid. */
  #extent(grid: FrameGrid): { readonly before: number; readonly reach: number; readonly length: number } {
    return {
      before: this.#framing.padLeft - this.#edge,
      reach: (grid.frames - 1) * grid.hopSamples + this.#weights.length,
      length: gridSamples(grid),
    }
  }

  /** 1 over the sum of squared windows at each sample of the signal. */
  #overlapGains(grid: FrameGrid, samples: number): Float32Array {
    const { before } = this.#extent(grid)
    const sums = new Float64Array(samples)
    for (let frame = 0; frame < grid.frames; frame++)
      for (const [n, weight] of this.#weights.entries()) {
        const at = frame * grid.hopSamples + n - before
        if (at >= 0 && at < samples) sums[at] += weight * weight
      }
    // Dividing by nearly nothing would blow up rounding errors.
    return Float32Array.from(sums, (sum) => (sum > 1e-8 ? 1 / sum : 0))
  }
}
