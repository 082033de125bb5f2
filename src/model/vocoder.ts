/**
 * A model ready for evaluation on the current tfjs backend: configuration, named weights, and the network that uses
 * them. It holds tensors until `dispose`.
 */
import * as tf from '@tensorflow/tfjs'
import { type MelCorrections, noCorrections } from '../base/mel-corrections.ts'
import type { MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import type { SafeTensor } from '../io/safetensors/safetensors.ts'
import { createArchitecture } from './architectures.ts'
import type { ModelConfig } from './config.ts'
import {
  correctVoice,
  ownCorrections,
  type PriorOptions,
  priorHaloFrames,
  withCorrections,
} from './prior/prior.ts'
import { SpectraOfMel } from './prior/spectra-of-mel.ts'
import type {
  Architecture,
  Conditioned,
  Excitation,
  PitchNetwork,
  PitchReader,
  VocoderNetwork,
} from './vocoder-network.ts'
import { correctsVoiced } from './voiced-corrections.ts'
import { disposeWeights, uploadWeights, type Weights } from './weights.ts'

/** A `PitchReader` bound to the model's weights. */
export type PitchOfModel = Omit<PitchReader, 'over' | 'mixed'> & Pick<PitchNetwork, 'logits'>

type FinishingOptions = PriorOptions & {
  /** The model's own by default. */
  readonly corrections?: MelCorrections
}

export class Vocoder {
  readonly config: ModelConfig
  /** Weights by Python name. */
  readonly weights: Weights
  readonly #architecture: Architecture
  readonly #network: VocoderNetwork
  readonly #pitch: PitchNetwork | undefined
  #spectra: SpectraOfMel | undefined

  private constructor(config: ModelConfig, weights: Weights) {
    this.config = config
    this.weights = weights
    this.#architecture = createArchitecture(config)
    this.#network = this.#architecture.over(weights)
    this.#pitch = this.#architecture.pitch?.over(weights)
  }

  /** Creates a model from its safetensors file; throws a `ProblemError` (`weights-mismatch`) if they do not fit. */
  static create(config: ModelConfig, tensors: ReadonlyMap<string, SafeTensor>): Vocoder {
    return new Vocoder(config, uploadWeights(config, tensors))
  }

  /** Creates a model from weights, which it then owns and disposes. */
  static of(config: ModelConfig, weights: Weights): Vocoder {
    return new Vocoder(config, weights)
  }

  /** Frames of context that one evaluation needs on each side of its output. */
  get haloFrames(): number {
    return this.#architecture.haloFrames
  }

  /** See `VocoderNetwork.condition`. */
  condition(mel: tf.Tensor3D, pulses?: tf.Tensor2D): Conditioned {
    return this.#network.condition(mel, pulses)
  }

  /** Estimates the excitation; undefined if the model takes none. */
  get pitch(): PitchOfModel | undefined {
    const { pitch } = this.#architecture
    const network = this.#pitch
    return pitch && network && { ...pitch, logits: (mel) => network.logits(mel) }
  }

  /** Whether the voicing is known and the mel has the sizes that voiced corrections need. */
  get correctsVoiced(): boolean {
    return correctsVoiced(this.config)
  }

  /**
   * Returns the network's input as a new array: noise [frames * hop], mixed with the excitation if the model takes one.
   */
  mixed(noise: Float32Array, excitation?: Excitation): Float32Array<ArrayBuffer> {
    const { pitch } = this.#architecture
    if (!pitch) return Float32Array.from(noise)
    if (!excitation) throw new Error('This model requires an excitation')
    return pitch.mixed(noise, excitation)
  }

  /**
   * y_0 of the process [1, frames * hop] -> waveform [1, frames * hop], before `finished`; `corrections` default to the
   * model's own. The caller disposes.
   */
  shaped(process: tf.Tensor2D, mel: MelSpectrogram, corrections?: MelCorrections): tf.Tensor2D {
    const asked = corrections ?? ownCorrections(this.config)
    const spectra = this.#spectraOfMel()
    return tf.tidy(() => {
      const shaped = spectra.shape(process, [mel])
      return asked.scope === 'all' ? spectra.correct(shaped, [mel], asked) : shaped
    })
  }

  /** The result of `shaped` for the whole mel -> the waveform, with any voiced corrections, clipped to [-1, 1]. */
  async finished(
    shaped: Float32Array<ArrayBuffer>,
    mel: MelSpectrogram,
    { corrections, ...options }: FinishingOptions = {},
  ): Promise<Float32Array<ArrayBuffer>> {
    return clip(await correctVoice(shaped, mel, this.#configWith(corrections), options))
  }

  #configWith(corrections: MelCorrections | undefined): ModelConfig {
    return corrections ? withCorrections(this.config, corrections) : this.config
  }

  #spectraOfMel(): SpectraOfMel {
    this.#spectra ??= new SpectraOfMel(this.config)
    return this.#spectra
  }

  /** Frames of context that `shaped` and `finished` together need on each side of their output. */
  waveformHaloFrames(corrections?: MelCorrections): number {
    return priorHaloFrames(this.#configWith(corrections))
  }

  /** Frames of context that `shaped` needs on each side of its output. */
  shapedHaloFrames(corrections = ownCorrections(this.config)): number {
    return this.waveformHaloFrames(corrections.scope === 'all' ? corrections : noCorrections)
  }

  dispose(): void {
    this.#spectra?.dispose()
    this.#network.dispose()
    this.#pitch?.dispose()
    this.#architecture.dispose()
    disposeWeights(this.weights)
  }
}

/** Limits samples to [-1, 1], in place; NaN remains. */
export function clip(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let t = 0; t < samples.length; t++) {
    const value = samples[t]
    if (value > 1) samples[t] = 1
    else if (value < -1) samples[t] = -1
  }
  return samples
}
