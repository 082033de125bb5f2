/** The gains of the spectral prior (spectral-prior.ts) in tensors, and the interpolation that they share with others. */
import * as tf from '@tensorflow/tfjs'
import { ConstantMatrix } from '../../kernels/constant-matrix.ts'
import type { ModelConfig } from '../config.ts'
import { bandHats } from './band-hats.ts'
import { spectralGains } from './spectral-prior.ts'

export class PriorGains {
  /** Interpolates values per band to bins: [n, bands] times it is [n, bins]. */
  readonly hats: ConstantMatrix
  readonly #bands: number
  readonly #lnPerMelUnit: number
  readonly #floor: number
  /** ln of the gains for a mel of zeros, [1, bins]. */
  readonly #lnGains: tf.Tensor2D

  /** Holds tensors until `dispose`. */
  constructor({
    mel: convention,
    priorFloor,
    priorRolloffDbPerKhz,
  }: Pick<ModelConfig, 'mel' | 'priorFloor' | 'priorRolloffDbPerKhz'>) {
    const { bands, fftSize, log } = convention
    this.hats = new ConstantMatrix(bandHats(convention), bands, fftSize / 2 + 1)
    this.#bands = bands
    this.#lnPerMelUnit = log === 'ln' ? 1 : Math.LN10
    this.#floor = priorFloor
    const zeros = { frames: 1, bands, values: new Float32Array(bands) }
    const prior = { floor: 0, rolloffDbPerKhz: priorRolloffDbPerKhz }
    const lnGains = Float32Array.from(spectralGains(zeros, convention, prior)(0), Math.log)
    this.#lnGains = tf.keep(tf.tensor2d(lnGains, [1, lnGains.length]))
  }

  /** mel [batch, frames, bands] -> ln of it, [batch * frames, bands]. The caller disposes. */
  lnMel(mel: tf.Tensor3D): tf.Tensor2D {
    return tf.tidy(() => {
      const rows = mel.reshape<tf.Tensor2D>([-1, this.#bands])
      return this.#lnPerMelUnit === 1 ? rows : rows.mul<tf.Tensor2D>(this.#lnPerMelUnit)
    })
  }

  /** ln of a mel, [n, bands] -> the prior's gains, [n, bins]. The caller disposes. */
  of(lnMel: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => this.hats.times(lnMel).add(this.#lnGains).exp().maximum<tf.Tensor2D>(this.#floor))
  }

  dispose(): void {
    this.hats.dispose()
    this.#lnGains.dispose()
  }
}
