/**
 * A model, ready to be evaluated on whatever backend tfjs is set to: configuration, named weights, and the network over
 * them. It holds tensors until `dispose`.
 */
import type * as tf from '@tensorflow/tfjs'
import type { MelCorrections } from '../base/mel-corrections.ts'
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { SafeTensor } from '../io/safetensors/safetensors.ts'
import { createArchitecture } from './architectures.ts'
import type { ModelConfig } from './config.ts'
import { shapeByPrior, withCorrections } from './prior.ts'
import type { Architecture, Conditioned, Excitation, PitchReader, VocoderNetwork } from './vocoder-network.ts'
import { disposeWeights, uploadWeights, type Weights } from './weights.ts'

/** The same with the model's own weights. */
export type PitchOfModel = Omit<PitchReader, 'logits' | 'mixed'> & {
  logits(mel: tf.Tensor3D): tf.Tensor3D
}

export class Vocoder {
  readonly config: ModelConfig
  /** By their Python names. */
  readonly weights: Weights
  readonly #architecture: Architecture
  readonly #network: VocoderNetwork

  private constructor(config: ModelConfig, weights: Weights) {
    this.config = config
    this.weights = weights
    this.#architecture = createArchitecture(config)
    this.#network = this.#architecture.over(weights)
  }

  /** From the tensors of the model's safetensors file; throws a `ProblemError` (`weights-mismatch`) where they do not fit. */
  static create(config: ModelConfig, tensors: ReadonlyMap<string, SafeTensor>): Vocoder {
    return new Vocoder(config, uploadWeights(config, tensors))
  }

  /** From weights that the model owns from now on, and disposes. */
  static of(config: ModelConfig, weights: Weights): Vocoder {
    return new Vocoder(config, weights)
  }

  /** Frames that one evaluation sees beyond each end of what it gives. */
  get haloFrames(): number {
    return this.#architecture.haloFrames
  }

  /** As `VocoderNetwork.condition`. */
  condition(mel: tf.Tensor3D, pulses?: tf.Tensor2D): Conditioned {
    return this.#network.condition(mel, pulses)
  }

  /** How this model comes by its excitation; undefined where it takes none. */
  get pitch(): PitchOfModel | undefined {
    const { pitch } = this.#architecture
    return pitch && { ...pitch, logits: (mel) => pitch.logits(mel, this.weights) }
  }

  /**
   * Returns the network's input without the network: noise [frames * hop] -> a new array. It has the excitation in it if the
   * model takes one; for other models it is the noise.
   */
  mixed(noise: Float32Array, excitation?: Excitation): Float32Array<ArrayBuffer> {
    const { pitch } = this.#architecture
    if (!pitch) return Float32Array.from(noise)
    if (!excitation) throw new Error('This model needs an excitation')
    return pitch.mixed(noise, excitation)
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
    this.#network.dispose()
    this.#architecture.dispose()
    disposeWeights(this.weights)
  }
}
