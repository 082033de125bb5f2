/**
 * Convolution along time with an epilogue, the operation that takes nearly all of the network's time:
 *
 *   y[b, t, o] = bias[o] + sum over k, i of x[b, t + dilation * (k - (K - 1) / 2), i] * filter[k, i, o]
 *
 * with zeros outside of x, followed optionally by leaky ReLU or by adding a residual, which may have a lower rate. tfjs
 * has no gradient of a dilated convolution on any backend, hence this kernel and gradient.
 */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, singleGradient, withThreeAxes } from './kernel-arguments.ts'
import { averagePool } from './resample.ts'
import { sumOverTime } from './sum-over-time.ts'

export const conv1dKernel = 'VocoderConv1d'
export const conv1dFilterGradientKernel = 'VocoderConv1dFilterGradient'
export const conv1dInputGradientKernel = 'VocoderConv1dInputGradient'

export type Conv1dOptions = {
  /** Samples between taps; 1 by default. */
  readonly dilation?: number
  /** Applies leaky ReLU with this slope to the result; not allowed together with a residual. */
  readonly leakyReluSlope?: number
  /** Added to the result: [batch, time / r, outputs], each sample repeated r times (nearest upsampling). */
  readonly residual?: tf.Tensor3D
}

/**
 * x [batch, time, inputs], filter [taps, inputs, outputs] with an odd number of taps, bias [outputs] -> [batch, time,
 * outputs]. The caller disposes the result. Differentiable in all tensors.
 */
export function conv1d(
  x: tf.Tensor3D,
  filter: tf.Tensor3D,
  bias: tf.Tensor1D,
  options: Conv1dOptions = {},
): tf.Tensor3D {
  const { dilation = 1, leakyReluSlope = 1, residual } = options
  const [batch, time, inputs] = x.shape
  const [taps, filterInputs, outputs] = filter.shape
  if (taps % 2 === 0 || filterInputs !== inputs || bias.shape[0] !== outputs)
    throw new Error(`conv1d: filter [${filter.shape}] and bias [${bias.shape}] do not fit x [${x.shape}]`)
  let residualRepeat = 1
  if (residual) {
    if (leakyReluSlope !== 1) throw new Error('conv1d: leaky ReLU and a residual exclude each other')
    const [residualBatch, residualTime, channels] = residual.shape
    if (residualBatch !== batch || time % residualTime !== 0 || channels !== outputs)
      throw new Error(`conv1d: residual [${residual.shape}] does not fit [${[batch, time, outputs]}]`)
    residualRepeat = time / residualTime
  }
  const tensors: tf.NamedTensorMap = { x, filter, bias }
  if (residual) tensors.residual = residual
  return tf
    .engine()
    .runKernel<tf.Tensor3D>(conv1dKernel, tensors, { dilation, leakyReluSlope, residualRepeat })
}

/** x [batch, time, inputs], dy [batch, time, outputs] -> gradient of the filter, [taps, inputs, outputs]. */
function filterGradient(x: tf.Tensor, dy: tf.Tensor, taps: number, dilation: number): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(conv1dFilterGradientKernel, { x, dy }, { taps, dilation })
}

/** dy [batch, time, outputs], filter [taps, inputs, outputs] -> gradient of x, [batch, time, inputs]. */
function inputGradient(dy: tf.Tensor, filter: tf.Tensor, dilation: number): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(conv1dInputGradientKernel, { dy, filter }, { dilation })
}

tf.registerGradient({
  kernelName: conv1dKernel,
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradFunc(gradient, [x, filter, y], attributes) {
    const dilation = numberAttribute(attributes, 'dilation')
    const slope = numberAttribute(attributes, 'leakyReluSlope')
    const incoming = singleGradient(gradient)
    // The slope is positive, so y has the sign of the input of leaky ReLU.
    const dy = slope === 1 ? incoming : incoming.mul(tf.step(y, slope))
    const [taps] = filter.shape
    return {
      x: () => inputGradient(dy, filter, dilation),
      filter: () => filterGradient(x, dy, taps, dilation),
      bias: () => sumOverTime(dy),
      residual: () => {
        const repeat = numberAttribute(attributes, 'residualRepeat')
        if (repeat === 1) return incoming.clone()
        return averagePool(withThreeAxes(incoming), repeat).mul(repeat)
      },
    }
  },
})
