/**
 * The kernels of the frame network, composed of stock tfjs operations; register.ts has the others. Spectra are computed
 * in plain numbers, because tfjs transforms only complex tensors.
 */
import * as tf from '@tensorflow/tfjs'
import {
  depthwiseFilterGradientKernel,
  depthwiseInputGradientKernel,
  depthwiseKernel,
  depthwise as depthwiseOf,
} from '../frames/depthwise.ts'
import { framedSizes, spectraKernel, spectraTransposedKernel } from '../frames/framed-spectra.ts'
import { normaliseGradientKernel, normaliseKernel } from '../frames/normalise.ts'
import { siluGradientKernel, siluKernel } from '../frames/silu.ts'
import { writeSpectra, writeSpectraTransposed } from '../frames/spectra-in-numbers.ts'
import { activationShape, numberAttribute, tensorInput, withThreeAxes } from '../kernel-arguments.ts'
import { sumOverTime } from '../sum-over-time.ts'

type Inputs = tf.NamedTensorInfoMap
type Attributes = tf.NamedAttrMap | undefined

export const composedFrames: Readonly<
  Record<string, (inputs: Inputs, attributes: Attributes) => tf.Tensor | tf.Tensor[]>
> = {
  [depthwiseKernel]: depthwise,
  [depthwiseInputGradientKernel]: depthwiseInputGradient,
  [depthwiseFilterGradientKernel]: depthwiseFilterGradient,
  [normaliseKernel]: normalise,
  [normaliseGradientKernel]: normaliseGradient,
  [siluKernel]: (inputs) => tensorInput(inputs, 'x').mul(tf.sigmoid(tensorInput(inputs, 'x'))),
  [siluGradientKernel]: siluGradient,
  [spectraKernel]: spectra,
  [spectraTransposedKernel]: spectraTransposed,
}

function depthwise(inputs: Inputs): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const filter = tensorInput(inputs, 'filter')
  const [batch, time, channels] = activationShape(x)
  return tf
    .engine()
    .runKernel<tf.Tensor>(
      'FusedDepthwiseConv2D',
      {
        x: x.reshape([batch, 1, time, channels]),
        filter: filter.reshape([1, filter.shape[0], channels, 1]),
        bias: tensorInput(inputs, 'bias'),
      },
      { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1], activation: 'linear' },
    )
    .reshape([batch, time, channels])
}

/** The same convolution of dy, with the taps reversed. */
function depthwiseInputGradient(inputs: Inputs): tf.Tensor {
  const dy = withThreeAxes(tensorInput(inputs, 'dy'))
  return depthwiseOf(dy, withThreeAxes(tensorInput(inputs, 'filter').reverse(0)), tf.zeros([dy.shape[2]]))
}

/** Sums, for each tap, the product of a shifted slice of x with the part of dy that depends on it. */
function depthwiseFilterGradient(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const taps = numberAttribute(attributes, 'taps')
  const [batch, time, channels] = activationShape(x)
  const perTap = Array.from({ length: taps }, (_, tap) => {
    const offset = tap - (taps - 1) / 2
    const overlap = time - Math.abs(offset)
    if (overlap <= 0) return tf.zeros([channels])
    const seen = x.slice([0, Math.max(0, offset), 0], [batch, overlap, channels])
    return sumOverTime(seen.mul(dy.slice([0, Math.max(0, -offset), 0], [batch, overlap, channels])))
  })
  return tf.stack(perTap).reshape([taps, 1, channels])
}

/** Centres the channels at each position, and returns the scale to unit variance. */
function momentsOf(x: tf.Tensor, attributes: Attributes): { centred: tf.Tensor; scale: tf.Tensor } {
  const centred = x.sub(x.mean(2, true))
  return {
    centred,
    scale: centred.square().mean(2, true).add(numberAttribute(attributes, 'epsilon')).rsqrt(),
  }
}

function normalise(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const { centred, scale } = momentsOf(tensorInput(inputs, 'x'), attributes)
  return centred.mul(scale)
}

/** Projects dy onto the complement of the ones and of y. */
function normaliseGradient(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const { centred, scale } = momentsOf(tensorInput(inputs, 'x'), attributes)
  const dy = withThreeAxes(tensorInput(inputs, 'dy'))
  const y = centred.mul(scale)
  return dy
    .sub(dy.mean(2, true))
    .sub(y.mul(dy.mul(y).mean(2, true)))
    .mul(scale)
}

function siluGradient(inputs: Inputs): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const share = tf.sigmoid(x)
  const y = x.mul(share)
  return tensorInput(inputs, 'dy').mul(share.add(y).sub(y.mul(share)))
}

const numbersOf = (inputs: Inputs, name: string) => tensorInput(inputs, name).dataSync<'float32'>()

function spectra(inputs: Inputs, attributes: Attributes): tf.Tensor[] {
  const sizes = framedSizes(inputs, attributes)
  const shape: [number, number] = [sizes.batch * sizes.frames, sizes.bins]
  const [re, im] = [new Float32Array(shape[0] * shape[1]), new Float32Array(shape[0] * shape[1])]
  writeSpectra(numbersOf(inputs, 'x'), numbersOf(inputs, 'table'), sizes, re, im)
  return [tf.tensor2d(re, shape), tf.tensor2d(im, shape)]
}

function spectraTransposed(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const sizes = framedSizes(inputs, attributes)
  const x = new Float32Array(sizes.batch * sizes.samples)
  const [re, im] = [numbersOf(inputs, 're'), numbersOf(inputs, 'im')]
  writeSpectraTransposed(re, im, numbersOf(inputs, 'table'), sizes, x)
  return tf.tensor2d(x, [sizes.batch, sizes.samples])
}
