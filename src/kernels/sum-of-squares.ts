/** The sum of the squares of a tensor's values. It has no gradient. */
import * as tf from '@tensorflow/tfjs'

export const sumOfSquaresKernel = 'VocoderSumOfSquares'

/** Any shape -> scalar. The caller disposes it. */
export function sumOfSquares(x: tf.Tensor): tf.Scalar {
  return tf.engine().runKernel<tf.Scalar>(sumOfSquaresKernel, { x })
}
