/**
 * Short-time Fourier transform and its least-squares inverse, differentiable. Counterpart in plain numbers:
 * dsp/stft.ts.
 */
import * as tf from '@tensorflow/tfjs'
import { type Framing, frameCount, overlapGains } from '../dsp/stft.ts'
import {
  framedSpectra,
  framedSpectraTransposed,
  framedTable,
  gridSamples,
  type Spectra,
} from './framed-spectra.ts'
import { reflected } from './reflected.ts'

export type { Spectra }

export class Stft {
  readonly bins: number
  readonly #framing: Framing
  readonly #table: tf.Tensor2D
  /** For each bin, how often a real signal counts it, over the FFT size. */
  readonly #shares: tf.Tensor1D
  /** The gains of the last inverse; the next has mostly the same length. */
  #gains: { readonly samples: number; readonly values: Float32Array } | undefined

  /** The FFT size must be a power of two. Holds two small tensors until `dispose`. */
  constructor(framing: Framing) {
    this.#framing = framing
    this.bins = framing.fftSize / 2 + 1
    this.#table = tf.keep(framedTable(framing.window))
    // Each bin of a real signal counts twice, except the first and the last.
    const shares = Float32Array.from(
      { length: this.bins },
      (_, bin) => (bin % (this.bins - 1) === 0 ? 1 : 2) / framing.fftSize,
    )
    this.#shares = tf.keep(tf.tensor1d(shares))
  }

  /** Number of frames of a signal of `samples`. */
  frames(samples: number): number {
    return frameCount(samples, this.#framing)
  }

  /** signal [batch, samples]. Differentiable. The caller disposes. */
  spectra(signal: tf.Tensor2D): Spectra {
    return tf.tidy(() => {
      const { fftSize, padLeft } = this.#framing
      const samples = signal.shape[1]
      const grid = this.#grid(samples)
      const padRight = gridSamples(grid, fftSize) - padLeft - samples
      return framedSpectra(reflected(signal, padLeft, padRight), this.#table, grid)
    })
  }

  /**
   * The signal [batch, samples] whose spectra are nearest to the given ones (Griffin and Lim 1984, equation 6).
   * Differentiable.
   */
  signal({ re, im }: Spectra, samples: number): tf.Tensor2D {
    return tf.tidy(() => {
      const grid = this.#grid(samples)
      const counted = { re: re.mul<tf.Tensor2D>(this.#shares), im: im.mul<tf.Tensor2D>(this.#shares) }
      const summed = framedSpectraTransposed(counted, this.#table, grid)
      return summed
        .slice([0, this.#framing.padLeft], [summed.shape[0], samples])
        .mul<tf.Tensor2D>(tf.tensor2d(this.#gainsFor(samples), [1, samples]))
    })
  }

  dispose(): void {
    tf.dispose([this.#table, this.#shares])
  }

  #gainsFor(samples: number): Float32Array {
    if (this.#gains?.samples !== samples) {
      const values = Float32Array.from(overlapGains(this.#framing, this.frames(samples), samples))
      this.#gains = { samples, values }
    }
    return this.#gains.values
  }

  #grid(samples: number) {
    return { frames: this.frames(samples), hopSamples: this.#framing.hopSamples }
  }
}
