/**
 * Layer normalisation (Ba et al. 2016) without its gains and offsets, which the following product can absorb into its
 * weights: y = (x - mean) / sqrt(variance + epsilon) over the channels of each position.
 */
import * as tf from '@tensorflow/tfjs'
import { singleGradient } from '../kernel-arguments.ts'

export const normaliseKernel = 'VocoderNormalise'
export const normaliseGradientKernel = 'VocoderNormaliseGradient'

/** PyTorch's default. */
export const normEpsilon = 1e-5

/** x [batch, time, channels] -> the same shape. The caller disposes the result. Differentiable. */
export function normalise(x: tf.Tensor3D): tf.Tensor3D {
  return tf.engine().runKernel<tf.Tensor3D>(normaliseKernel, { x }, { epsilon: normEpsilon })
}

tf.registerGradient({
  kernelName: normaliseKernel,
  inputsToSave: ['x'],
  gradFunc(gradient, [x]) {
    const dy = singleGradient(gradient)
    return {
      x: () => tf.engine().runKernel<tf.Tensor>(normaliseGradientKernel, { x, dy }, { epsilon: normEpsilon }),
    }
  },
})
