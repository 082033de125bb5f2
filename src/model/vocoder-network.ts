/** The common interface of the networks, for synthesis and training. */
import type * as tf from '@tensorflow/tfjs'
import type { Pulses } from '../dsp/signals/excitation.ts'
import type { PitchTrack } from '../dsp/signals/pitch-track.ts'
import type { TrainedParameters } from './trained-parameters.ts'
import type { Weights } from './weights.ts'

/**
 * A network conditioned on a mel, with the parts that do not depend on y_n computed. Holds tensors until `dispose`, or
 * within a tidy.
 */
export type Conditioned = {
  /**
   * One evaluation: y_n [batch, frames * hop] and a noise level sqrt(alpha-bar_n) per batch item -> the prediction
   * target of the configuration, [batch, frames * hop]. Differentiable. The caller disposes the result.
   */
  predict(y: tf.Tensor2D, levels: readonly number[]): tf.Tensor2D
  dispose(): void
}

/**
 * A network with weights. Holds the tensors that it derives from them until `dispose`, or within a tidy; the caller
 * owns the weights.
 */
export type VocoderNetwork = {
  /**
   * mel [batch, frames, bands] in the model's convention, and its excitation [batch, frames * hop], which networks
   * without an excitation ignore.
   */
  condition(mel: tf.Tensor3D, pulses?: tf.Tensor2D): Conditioned
  /** Returns the tensors to differentiate with respect to for training the weights whose names `isTrained` accepts. */
  trained(isTrained: (name: string) => boolean): TrainedParameters
  dispose(): void
}

/** The pitch and pulses that a network with an excitation needs beside the mel. */
export type Excitation = PitchTrack & {
  /** [frames * hop]. */
  readonly pulses: Float32Array
}

/** A pitch network with weights. Holds the tensors that it derives from them until `dispose`. */
export type PitchNetwork = {
  /**
   * mel [batch, frames, bands] -> [batch, frames, n], in an encoding that only `PitchReader.track` decodes. The caller
   * disposes.
   */
  logits(mel: tf.Tensor3D): tf.Tensor3D
  dispose(): void
}

/** Estimates the pitch of a mel and derives the excitation. Everything except the logits is plain numbers. */
export type PitchReader = {
  /** Frames of mel on each side that the logits of one frame depend on. */
  readonly haloFrames: number
  /** Throws if `weights` lacks a name. */
  over(weights: Weights): PitchNetwork
  /** [frames * n] -> a value per frame. */
  track(logits: Float32Array): PitchTrack
  /** Returns those of frames * hop samples, from an initial phase in cycles. */
  pulses(track: PitchTrack, startCycles?: number): Pulses
  /** Returns the network's input for the excitation: noise [frames * hop] mixed with it, a new array. */
  mixed(noise: Float32Array, excitation: Excitation): Float32Array<ArrayBuffer>
  /** `mixed` in tensors, for a GPU: noise and pulses [1, frames * hop], and the voicing. The caller disposes. */
  mixedTensors(noise: tf.Tensor2D, pulses: tf.Tensor2D, voicing: Float32Array): tf.Tensor2D
  /** Frames of context on each side that a frame of the mixed signal depends on. */
  readonly mixedHaloFrames: number
}

/** A network of one kind and shape, without weights. Holds constants of the configuration until `dispose`. */
export type Architecture = {
  /** Frames of context that one evaluation needs on each side of its output. */
  readonly haloFrames: number
  /** Absent if the network takes no excitation. */
  readonly pitch?: PitchReader
  /** Throws if `weights` lacks a name. */
  over(weights: Weights): VocoderNetwork
  dispose(): void
}
