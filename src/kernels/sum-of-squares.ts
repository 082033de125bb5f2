/** The sum of the squares of all values of several tensors. It has no gradient. */
import * as tf from '@tensorflow/tfjs'

export const sumOfSquaresKernel = 'VocoderSumOfSquares'

/** Any shapes -> scalar. The caller disposes it. */
export function sumOfSquares(tensors: readonly tf.Tensor[]): tf.Scalar {
  const inputs = Object.fromEntries(tensors.entries())
  return tf.engine().runKernel<tf.Scalar>(sumOfSquaresKernel, inputs)
}
