/**
 * Short-time Fourier transform and its least-squares inverse, differentiable. Counterpart in plain numbers:
 * dsp/spectra/stft.ts.
 */
import * as tf from '@tensorflow/tfjs'
import { type Framing, frameCount } from '../../dsp/spectra/framing.ts'
import { overlapGains } from '../../dsp/spectra/stft.ts'
import { fused } from '../fused.ts'
import {
  framedSpectra,
  framedSpectraTransposed,
  framedTable,
  gridSamples,
  type Spectra,
} from './framed-spectra.ts'
import { reflected } from './reflected.ts'

export type { Spectra }

/**
 * `Stft.spectra` in one kernel: `signal` [batch, samples] and `table` of framed-spectra.ts; attributes `frames`,
 * `hopSamples` and `padLeft`, the mirrored samples before the signal -> re and im, [batch * frames, bins].
 */
export const signalSpectraKernel = 'VocoderSignalSpectra'

/**
 * `Stft.signal` in one kernel: re, im and `gains`, if any, [batch * frames, bins], `table` of framed-spectra.ts, and
 * `overlap`, the gains of the kept samples, [1, samples]; attributes `frames`, `hopSamples` and `padLeft`, the first kept
 * sample -> [batch, samples].
 */
export const filteredSignalKernel = 'VocoderFilteredSignal'

export class Stft {
  readonly bins: number
  readonly #framing: Framing
  readonly #table: tf.Tensor2D
  /** The weight of each bin in the inverse, [1, bins]: 2 over the FFT size, 1 over it for the first and the last. */
  readonly #shares: tf.Tensor2D
  /** 1 over the sum of the squared windows, [1, samples], for the latest length of a signal. */
  #overlap: tf.Tensor2D | undefined

  /** The FFT size must be a power of two. Holds tables, and a tensor as long as the latest signal, until `dispose`. */
  constructor(framing: Framing) {
    this.#framing = framing
    this.bins = framing.fftSize / 2 + 1
    this.#table = tf.keep(framedTable(framing.window))
    const shares = Float32Array.from(
      { length: this.bins },
      (_, bin) => (bin % (this.bins - 1) === 0 ? 1 : 2) / framing.fftSize,
    )
    this.#shares = tf.keep(tf.tensor2d(shares, [1, this.bins]))
  }

  /** Number of frames of a signal of `samples`. */
  frames(samples: number): number {
    return frameCount(samples, this.#framing)
  }

  /** signal [batch, samples]. Differentiable. The caller disposes. */
  spectra(signal: tf.Tensor2D): Spectra {
    const { fftSize, padLeft } = this.#framing
    const samples = signal.shape[1]
    const grid = this.#grid(samples)
    const table = this.#table
    const [re, im] = fused(signalSpectraKernel, { signal, table }, { ...grid, padLeft }, () => {
      const padRight = gridSamples(grid, fftSize) - padLeft - samples
      const spectra = framedSpectra(reflected(signal, padLeft, padRight), table, grid)
      return [spectra.re, spectra.im]
    })
    return { re, im }
  }

  /**
   * The signal [batch, samples] whose spectra are nearest to the given ones (Griffin and Lim 1984, equation 6), after
   * these are multiplied by `gains` [n, bins], if any. Differentiable. The caller disposes.
   */
  signal({ re, im }: Spectra, samples: number, gains?: tf.Tensor2D): tf.Tensor2D {
    const { padLeft } = this.#framing
    const grid = this.#grid(samples)
    const table = this.#table
    const overlap = this.#overlapGains(grid.frames, samples)
    return fused(
      filteredSignalKernel,
      { re, im, table, overlap, ...(gains && { gains }) },
      { ...grid, padLeft },
      () => {
        const counted = (part: tf.Tensor2D) =>
          (gains ? part.mul<tf.Tensor2D>(gains) : part).mul<tf.Tensor2D>(this.#shares)
        const summed = framedSpectraTransposed({ re: counted(re), im: counted(im) }, table, grid)
        return summed.slice([0, padLeft], [summed.shape[0], samples]).mul<tf.Tensor2D>(overlap)
      },
    )
  }

  dispose(): void {
    this.#table.dispose()
    this.#shares.dispose()
    this.#overlap?.dispose()
  }

  /** Keeps the latest gains, because the signals of a job have one length. */
  #overlapGains(frames: number, samples: number): tf.Tensor2D {
    if (this.#overlap?.size === samples) return this.#overlap
    this.#overlap?.dispose()
    const gains = Float32Array.from(overlapGains(this.#framing, frames, new Float64Array(samples)))
    this.#overlap = tf.keep(tf.tensor2d(gains, [1, samples]))
    return this.#overlap
  }

  #grid(samples: number) {
    return { frames: this.frames(samples), hopSamples: this.#framing.hopSamples }
  }
}
