/** Constants that the frame network derives from the mel convention: its transform, and the bands of its inputs. */
import * as tf from '@tensorflow/tfjs'
import { melFilterbank } from '../../../dsp/mel.ts'
import { hopFraming } from '../../../dsp/stft.ts'
import { ConstantMatrix } from '../../../kernels/constant-matrix.ts'
import { type Spectra, Stft } from '../../../kernels/stft.ts'
import { bandHats } from '../../band-hats.ts'
import type { FrameConfig } from '../../config.ts'
import { LogMel } from '../../log-mel.ts'
import { spectralGains } from '../../spectral-prior.ts'

/** Lower limit of the power per band relative to that of white noise. */
const minPower = 1e-4
/** Scales the logarithm of loudness to about -1..1. */
const loudnessScale = 3

type PriorOfFrames = Pick<FrameConfig, 'mel' | 'priorFloor' | 'priorRolloffDbPerKhz'>

export class FrameTransforms {
  readonly stft: Stft
  /** Variance of a bin of white noise of unit variance. */
  readonly energy: number
  /** Interpolates values per band to bins: [n, bands] times it is [n, bins]. */
  readonly hats: ConstantMatrix
  /** Averages power over each band, relative to that of white noise. */
  readonly #averages: ConstantMatrix
  readonly #bands: number
  readonly logMel: LogMel
  readonly #lnPerMelUnit: number
  readonly #priorFloor: number
  /** ln of the prior's gains for a mel of zeros, [1, bins]. */
  readonly #lnGains: tf.Tensor2D

  /** Holds tensors until `dispose`. */
  constructor({ mel: convention, priorFloor, priorRolloffDbPerKhz }: PriorOfFrames) {
    const framing = hopFraming(convention)
    const { bands } = convention
    this.stft = new Stft(framing)
    this.#bands = bands
    this.energy = framing.window.reduce((sum, weight) => sum + weight * weight, 0)
    const { bins } = this.stft
    this.hats = new ConstantMatrix(bandHats(convention), bands, bins)
    const averages = new Float32Array(bins * bands)
    for (const [band, { firstBin, weights }] of melFilterbank(convention).entries()) {
      const area = weights.reduce((sum, weight) => sum + weight, 0)
      for (const [index, weight] of weights.entries())
        averages[(firstBin + index) * bands + band] = weight / Math.max(area, 1e-9) / this.energy
    }
    this.#averages = new ConstantMatrix(averages, bins, bands)
    this.logMel = new LogMel(convention)
    this.#lnPerMelUnit = convention.log === 'ln' ? 1 : Math.LN10
    this.#priorFloor = priorFloor
    const zeros = { frames: 1, bands, values: new Float32Array(bands) }
    const prior = { floor: 0, rolloffDbPerKhz: priorRolloffDbPerKhz }
    const lnGains = Float32Array.from(spectralGains(zeros, convention, prior)(0), Math.log)
    this.#lnGains = tf.keep(tf.tensor2d(lnGains, [1, bins]))
  }

  /** mel [batch, frames, bands] -> ln of it, [batch * frames, bands]. The caller disposes. */
  lnMel(mel: tf.Tensor3D): tf.Tensor2D {
    return tf.tidy(() => mel.reshape<tf.Tensor2D>([-1, this.#bands]).mul<tf.Tensor2D>(this.#lnPerMelUnit))
  }

  /** The spectral prior's gains (spectral-prior.ts) for ln of a mel, [n, bands] -> [n, bins]. The caller disposes. */
  priorGains(lnMel: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() =>
      this.hats.times(lnMel).add(this.#lnGains).exp().maximum<tf.Tensor2D>(this.#priorFloor),
    )
  }

  /**
   * ln of the power per band relative to that of white noise, about -1..1, [n, bands]. Differentiable. The caller
   * disposes.
   */
  loudness({ re, im }: Spectra): tf.Tensor2D {
    return tf.tidy(() => {
      const power = re.square<tf.Tensor2D>().add<tf.Tensor2D>(im.square())
      const perBand = this.#averages.times(power).reshape<tf.Tensor2D>([-1, this.#bands])
      return perBand.add(minPower).log().div<tf.Tensor2D>(loudnessScale)
    })
  }

  dispose(): void {
    this.stft.dispose()
    this.hats.dispose()
    this.#averages.dispose()
    this.logMel.dispose()
    this.#lnGains.dispose()
  }
}
