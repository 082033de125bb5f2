/**
 * A product that absorbs the gains and offsets of the norm before it and the scale after it into its weights:
 *
 *   scale (W (gains x + offsets) + b) = F x + c,  F = gains W scale,  c = scale (b + offsets W)
 *
 * Training differentiates F and c, and `absorbedGradients` continues from them to the weights.
 */
import * as tf from '@tensorflow/tfjs'

export const absorbedKernel = 'VocoderAbsorbed'
export const absorbedGradientsKernel = 'VocoderAbsorbedGradients'

/** The weights: matrix [inputs, outputs], bias and scale [outputs], gains and offsets [inputs]. */
export type Absorbing = {
  readonly matrix: tf.Tensor
  readonly bias: tf.Tensor
  readonly gains: tf.Tensor
  readonly offsets: tf.Tensor
  readonly scale: tf.Tensor
}

/** F [inputs, outputs] and c [outputs]. The caller disposes both. */
export function absorbed(weights: Absorbing): { readonly filter: tf.Tensor; readonly bias: tf.Tensor } {
  const [filter, bias] = tf.engine().runKernel<tf.Tensor[]>(absorbedKernel, { ...weights })
  return { filter, bias }
}

/**
 * The gradients of the weights, from those of F, of its size, and of c. The caller disposes them. Not differentiable.
 */
export function absorbedGradients(weights: Absorbing, dFilter: tf.Tensor, dBias: tf.Tensor): Absorbing {
  const [matrix, bias, gains, offsets, scale] = tf
    .engine()
    .runKernel<tf.Tensor[]>(absorbedGradientsKernel, { ...weights, dFilter, dBias })
  return { matrix, bias, gains, offsets, scale }
}
