/**
 * Training differentiates in the parameters, the form in which a network uses its weights, and carries the gradient over to
 * the named weights once per step.
 */
import type * as tf from '@tensorflow/tfjs'

/** The gradient in the weight of this name, of its shape. */
export type NamedGradient = { readonly name: string; readonly gradient: tf.Tensor }

export type TrainedParameters = {
  /** The tensors to differentiate in. */
  readonly tensors: readonly tf.Tensor[]
  /** Gradients in the order of `tensors` -> of the named weights. The caller disposes both. */
  readonly pullBack: (gradients: readonly tf.Tensor[]) => NamedGradient[]
}
