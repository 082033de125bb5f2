/**
 * Convolution along time of each channel by itself, the depthwise part of a ConvNeXt block:
 *
 *   y[b, t, c] = bias[c] + sum over k of x[b, t + k - (K - 1) / 2, c] * filter[k, 0, c]
 *
 * with zeros outside of x. tfjs has no gradient of it on wasm, hence this kernel and gradient.
 */
import * as tf from '@tensorflow/tfjs'
import { singleGradient } from '../kernel-arguments.ts'
import { sumOverTime } from '../sum-over-time.ts'

export const depthwiseKernel = 'VocoderDepthwise'
export const depthwiseInputGradientKernel = 'VocoderDepthwiseInputGradient'
export const depthwiseFilterGradientKernel = 'VocoderDepthwiseFilterGradient'

/**
 * x [batch, time, channels], filter [taps, 1, channels] with an odd number of taps, bias [channels] -> [batch, time,
 * channels]. The caller disposes the result. Differentiable in all tensors.
 */
export function depthwise(x: tf.Tensor3D, filter: tf.Tensor3D, bias: tf.Tensor1D): tf.Tensor3D {
  const [taps, multiplier, channels] = filter.shape
  if (taps % 2 === 0 || multiplier !== 1 || channels !== x.shape[2] || bias.shape[0] !== channels)
    throw new Error(`depthwise: filter [${filter.shape}] and bias [${bias.shape}] do not fit x [${x.shape}]`)
  return tf.engine().runKernel<tf.Tensor3D>(depthwiseKernel, { x, filter, bias })
}

/** dy [batch, time, channels], filter [taps, 1, channels] -> gradient of x, [batch, time, channels]. */
function inputGradient(dy: tf.Tensor, filter: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(depthwiseInputGradientKernel, { dy, filter })
}

/** x and dy [batch, time, channels] -> gradient of the filter, [taps, 1, channels]. */
function filterGradient(x: tf.Tensor, dy: tf.Tensor, taps: number): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(depthwiseFilterGradientKernel, { x, dy }, { taps })
}

tf.registerGradient({
  kernelName: depthwiseKernel,
  inputsToSave: ['x', 'filter'],
  gradFunc(gradient, [x, filter]) {
    const dy = singleGradient(gradient)
    return {
      x: () => inputGradient(dy, filter),
      filter: () => filterGradient(x, dy, filter.shape[0]),
      bias: () => sumOverTime(dy),
    }
  },
})
