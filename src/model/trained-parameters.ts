/**
 * Training differentiates with respect to the parameters, the form in which a network uses its weights, and converts
 * the gradients to those of the named weights once per step.
 */
import type * as tf from '@tensorflow/tfjs'

/** The gradient of the named weight, in the weight's shape. */
export type NamedGradient = { readonly name: string; readonly gradient: tf.Tensor }

export type TrainedParameters = {
  /** The tensors to differentiate with respect to. */
  readonly tensors: readonly tf.Tensor[]
  /** Gradients of `tensors`, in their order -> gradients of the named weights. The caller disposes both. */
  readonly pullBack: (gradients: readonly tf.Tensor[]) => NamedGradient[]
}
