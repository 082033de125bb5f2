/** Constants that the frame network derives from the mel convention: its transform, and the bands of its inputs. */
import type * as tf from '@tensorflow/tfjs'
import { melFilterbank } from '../../../dsp/mel/mel-filterbank.ts'
import { hopFraming } from '../../../dsp/spectra/framing.ts'
import { ConstantMatrix } from '../../../kernels/constant-matrix.ts'
import { lnOfBandsKernel } from '../../../kernels/frames/frame-fusions.ts'
import { type Spectra, Stft } from '../../../kernels/frames/stft.ts'
import { fused } from '../../../kernels/fused.ts'
import type { FrameConfig } from '../../config.ts'
import { LogMel } from '../../prior/log-mel.ts'
import { PriorGains } from '../../prior/prior-gains.ts'

/** Lower limit of the power per band relative to that of white noise. */
const minPower = 1e-4
/** Scales the logarithm of loudness to about -1..1. */
const loudnessScale = 3

type PriorOfFrames = Pick<FrameConfig, 'mel' | 'priorFloor' | 'priorRolloffDbPerKhz'>

export class FrameTransforms {
  readonly stft: Stft
  /** Variance of a bin of white noise of unit variance. */
  readonly energy: number
  /** The prior's gains, and the interpolation from bands to bins. */
  readonly prior: PriorGains
  /** Averages power over each band, relative to that of white noise. */
  readonly #averages: ConstantMatrix
  readonly #bands: number
  readonly logMel: LogMel

  /** Holds tensors until `dispose`. */
  constructor(config: PriorOfFrames) {
    const { mel: convention } = config
    const framing = hopFraming(convention)
    const { bands } = convention
    this.stft = new Stft(framing)
    this.#bands = bands
    this.energy = framing.window.reduce((sum, weight) => sum + weight * weight, 0)
    const { bins } = this.stft
    this.prior = new PriorGains(config)
    const averages = new Float32Array(bins * bands)
    for (const [band, { firstBin, weights }] of melFilterbank(convention).entries()) {
      const area = weights.reduce((sum, weight) => sum + weight, 0)
      for (const [index, weight] of weights.entries())
        averages[(firstBin + index) * bands + band] = weight / Math.max(area, 1e-9) / this.energy
    }
    this.#averages = new ConstantMatrix(averages, bins, bands)
    this.logMel = new LogMel(convention)
  }

  /**
   * ln of the power per band relative to that of white noise, about -1..1, [n, bands]. Differentiable. The caller
   * disposes.
   */
  loudness({ re, im }: Spectra): tf.Tensor2D {
    const settings = { isMagnitude: 0, added: minPower, floor: 0, scale: 1 / loudnessScale }
    return fused(lnOfBandsKernel, { re, im, ...this.#averages.inputs }, settings, () => {
      const power = re.square<tf.Tensor2D>().add<tf.Tensor2D>(im.square())
      const perBand = this.#averages.times(power).reshape<tf.Tensor2D>([-1, this.#bands])
      return perBand.add(minPower).log().div<tf.Tensor2D>(loudnessScale)
    })
  }

  dispose(): void {
    this.stft.dispose()
    this.prior.dispose()
    this.#averages.dispose()
    this.logMel.dispose()
  }
}
