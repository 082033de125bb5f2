/** Sums over batch and time for the gradient of a bias, by the fastest method of each backend. */
import * as tf from '@tensorflow/tfjs'

export const sumOverTimeKernel = 'VocoderSumOverTime'

/** x [batch, time, channels] -> [channels]. The caller disposes the result. Not differentiable. */
export function sumOverTime(x: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(sumOverTimeKernel, { x })
}
