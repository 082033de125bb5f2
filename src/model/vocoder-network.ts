/** What the two networks have in common, as synthesis and training see them. */
import type * as tf from '@tensorflow/tfjs'
import type { TrainedParameters } from './trained-parameters.ts'
import type { Weights } from './weights.ts'

/** A network over a mel: what does not depend on y_n is computed once. Holds tensors until `dispose`, or within a tidy. */
export type Conditioned = {
  /**
   * One evaluation: y_n [batch, frames * hop] and a noise level sqrt(alpha-bar_n) per item of the batch -> what
   * `prediction` of the configuration says, [batch, frames * hop]. Differentiable. The caller disposes the result.
   */
  predict(y: tf.Tensor2D, levels: readonly number[]): tf.Tensor2D
  dispose(): void
}

/** A network over its weights. Holds what it made of them until `dispose`, or within a tidy; the weights are the caller's. */
export type VocoderNetwork = {
  /**
   * mel [batch, frames, bands] in the model's convention, and its excitation [batch, frames * hop], which a network that
   * takes none leaves alone.
   */
  condition(mel: tf.Tensor3D, pulses?: tf.Tensor2D): Conditioned
  /** What to differentiate in, so that the weights whose names `isTrained` accepts learn. */
  trained(isTrained: (name: string) => boolean): TrainedParameters
  dispose(): void
}

/** A kind of network in one shape. Holds constants of the configuration until `dispose`. */
export type Architecture = {
  /** Frames that one evaluation sees beyond each end of what it gives. */
  readonly haloFrames: number
  /** Throws where `weights` lack a name. */
  over(weights: Weights): VocoderNetwork
  dispose(): void
}
