/**
 * The last part of a mel spectrogram, from spectra to bands, in differentiable tensors. Tests compare it with
 * dsp/mel/mel.ts.
 */
import type * as tf from '@tensorflow/tfjs'
import { melFilterbank } from '../../dsp/mel/mel-filterbank.ts'
import type { MelConvention } from '../../dsp/mel/mel-spectrogram.ts'
import { ConstantMatrix } from '../../kernels/constant-matrix.ts'
import { lnOfBandsKernel } from '../../kernels/frames/frame-fusions.ts'
import type { Spectra } from '../../kernels/frames/stft.ts'
import { fused } from '../../kernels/fused.ts'

export class LogMel {
  readonly #convention: MelConvention
  readonly #filterbank: ConstantMatrix

  /** Holds tensors until `dispose`. */
  constructor(convention: MelConvention) {
    const { bands, fftSize } = convention
    const bins = fftSize / 2 + 1
    const weights = new Float32Array(bins * bands)
    for (const [band, { firstBin, weights: triangle }] of melFilterbank(convention).entries())
      for (const [index, weight] of triangle.entries()) weights[(firstBin + index) * bands + band] = weight
    this.#convention = convention
    this.#filterbank = new ConstantMatrix(weights, bins, bands)
  }

  /** Spectra of n frames, in the mel's framing and of audio in [-1, 1] -> [n, bands]. The caller disposes. */
  of({ re, im }: Spectra): tf.Tensor2D {
    const { magnitudeEpsilon, floor, log } = this.#convention
    const scale = log === 'ln' ? 1 : 1 / Math.LN10
    const settings = { isMagnitude: 1, epsilon: magnitudeEpsilon, added: 0, floor, scale }
    return fused(lnOfBandsKernel, { re, im, ...this.#filterbank.inputs }, settings, () => {
      const power = re.square<tf.Tensor2D>().add<tf.Tensor2D>(im.square())
      const magnitudes = power.add<tf.Tensor2D>(magnitudeEpsilon).sqrt<tf.Tensor2D>()
      const ln = this.#filterbank.times(magnitudes).maximum<tf.Tensor2D>(floor).log<tf.Tensor2D>()
      return log === 'ln' ? ln : ln.div<tf.Tensor2D>(Math.LN10)
    })
  }

  dispose(): void {
    this.#filterbank.dispose()
  }
}
