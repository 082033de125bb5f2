/** The interface of both networks, as synthesis and training see it. */
import type * as tf from '@tensorflow/tfjs'
import type { PitchTrack } from '../dsp/pitch-track.ts'
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
  /** Returns the tensors to differentiate in, so that the weights whose names `isTrained` accepts learn. */
  trained(isTrained: (name: string) => boolean): TrainedParameters
  dispose(): void
}

/** A network that is given its pitch gets this beside the mel. */
export type Excitation = PitchTrack & {
  /** [frames * hop]. */
  readonly pulses: Float32Array<ArrayBuffer>
}

/** How the pitch of a mel is read, and what becomes of it. All but the logits is plain numbers. */
export type PitchReader = {
  /** Frames of the mel that the logits of one see beyond each side. */
  readonly haloFrames: number
  /** mel [batch, frames, bands] -> [batch, frames, n], whose numbers only `track` understands. The caller disposes. */
  logits(mel: tf.Tensor3D, weights: Weights): tf.Tensor3D
  /** [frames * n] -> a value per frame. */
  track(logits: Float32Array): PitchTrack
  /** [frames * hop], from a phase in cycles. */
  pulses(track: PitchTrack, startCycles?: number): Float32Array<ArrayBuffer>
  /** Returns the network's input without the network: noise [frames * hop] with the excitation in it, a new array. */
  mixed(noise: Float32Array, excitation: Excitation): Float32Array<ArrayBuffer>
}

/** A kind of network in one shape. Holds constants of the configuration until `dispose`. */
export type Architecture = {
  /** Frames that one evaluation sees beyond each end of what it gives. */
  readonly haloFrames: number
  /** Absent where the network is given no excitation. */
  readonly pitch?: PitchReader
  /** Throws where `weights` lack a name. */
  over(weights: Weights): VocoderNetwork
  dispose(): void
}
