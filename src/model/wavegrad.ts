/**
 * A WaveGrad or InferGrad model, ready to be evaluated on whatever backend tfjs is set to: configuration, named weights,
 * and the network over them. It holds tensors until `dispose`.
 */
import type * as tf from '@tensorflow/tfjs'
import type { MelCorrections } from '../base/mel-corrections.ts'
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { SafeTensor } from '../io/safetensors.ts'
import type { ModelConfig } from './config.ts'
import { type Conditioning, condition, predict } from './network.ts'
import { disposeParameters, type NetworkParameters, networkParameters } from './parameters.ts'
import { shapeByPrior, withCorrections } from './prior.ts'
import { haloFrames } from './receptive-field.ts'
import { disposeWeights, uploadWeights, type Weights } from './weights.ts'

export class WaveGrad {
  readonly config: ModelConfig
  /** By their Python names; trainable, since the parameters below are a differentiable function of them. */
  readonly weights: Weights
  /** Frames that one evaluation sees beyond each end of what it gives. */
  readonly haloFrames: number
  readonly #parameters: NetworkParameters

  private constructor(config: ModelConfig, weights: Weights) {
    this.config = config
    this.weights = weights
    this.haloFrames = haloFrames(config.network)
    this.#parameters = networkParameters(config.network, weights)
  }

  /** From the tensors of the model's safetensors file; throws a `ProblemError` (`weights-mismatch`) where they do not fit. */
  static create(config: ModelConfig, tensors: ReadonlyMap<string, SafeTensor>): WaveGrad {
    return new WaveGrad(config, uploadWeights(config, tensors))
  }

  /** From weights that the model owns from now on, and disposes. */
  static of(config: ModelConfig, weights: Weights): WaveGrad {
    return new WaveGrad(config, weights)
  }

  /** mel [batch, frames, bands], in the convention of `config.mel`. The caller disposes the result by `tf.dispose`. */
  condition(mel: tf.Tensor3D): Conditioning {
    return condition(mel, this.#parameters)
  }

  /**
   * One evaluation: y_n [batch, frames * hop, 1] and the noise level sqrt(alpha-bar_n), one for all or one per item of the
   * batch -> noise or v (`config.prediction`), [batch, frames * hop, 1]. The caller disposes the result.
   */
  predict(y: tf.Tensor3D, conditioning: Conditioning, noiseLevel: number | readonly number[]): tf.Tensor3D {
    const levels =
      typeof noiseLevel === 'number' ? Array.from({ length: y.shape[0] }, () => noiseLevel) : noiseLevel
    return predict(y, conditioning, levels, this.#parameters)
  }

  /**
   * y_0 of the process [frames * hop] -> waveform [frames * hop], clipped to [-1, 1]; `betweenPasses` as in `shapeByPrior`,
   * `corrections` the model's own unless given.
   */
  async waveform(
    process: Float32Array,
    mel: MelSpectrogram,
    betweenPasses?: () => Promise<void>,
    corrections?: MelCorrections,
  ): Promise<Float32Array<ArrayBuffer>> {
    const config = corrections ? withCorrections(this.config, corrections) : this.config
    const shaped = await shapeByPrior(process, mel, config, betweenPasses)
    return shaped.map((value) => Math.max(-1, Math.min(1, value)))
  }

  dispose(): void {
    disposeParameters(this.#parameters)
    disposeWeights(this.weights)
  }
}
