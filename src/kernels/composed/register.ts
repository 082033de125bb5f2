/**
 * Kernels composed of stock tfjs operations. cpu runs them all; wasm and WebGPU run those for which they have no kernel
 * of their own; tests compare the others with them. On wasm only convolution, add, multiply, PReLU and average pooling
 * use XNNPACK (SIMD, threads). Leaky ReLU, maximum and nearest-neighbour resizing are scalar loops there, an order of
 * magnitude slower, and are not used.
 */
import * as tf from '@tensorflow/tfjs'
import { gaussianNoise } from '../../base/random.ts'
import { absorbedGradientsKernel, absorbedKernel } from '../absorbed.ts'
import { adamKernel } from '../adam.ts'
import { addNoiseLevelKernel, encodeNoiseLevel } from '../add-noise-level.ts'
import { constantProductKernel } from '../constant-matrix.ts'
import { conv1d, conv1dFilterGradientKernel, conv1dInputGradientKernel, conv1dKernel } from '../conv1d.ts'
import { filmLeakyReluKernel } from '../film-leaky-relu.ts'
import { reflectedKernel, reflectedTransposedKernel } from '../frames/reflected.ts'
import {
  activationShape,
  numberAttribute,
  numbersAttribute,
  optionalTensorInput,
  tensorInput,
  withThreeAxes,
} from '../kernel-arguments.ts'
import { leakyReluKernel } from '../leaky-relu.ts'
import { noiseKernel } from '../noise.ts'
import { averagePoolKernel, upsampleKernel } from '../resample.ts'
import { sumOfSquaresKernel } from '../sum-of-squares.ts'
import { sumOverTimeKernel } from '../sum-over-time.ts'
import { composedAbsorbed, composedAbsorbedGradients } from './absorbed.ts'
import { composedAdam } from './adam.ts'
import { composedFrames } from './frames.ts'
import { composedReflected, composedReflectedTransposed } from './reflected.ts'

type Inputs = tf.NamedTensorInfoMap
type Attributes = tf.NamedAttrMap | undefined

const composed: Readonly<
  Record<string, (inputs: Inputs, attributes: Attributes) => tf.Tensor | tf.Tensor[]>
> = {
  [conv1dKernel]: conv1dOfStockOps,
  [conv1dFilterGradientKernel]: conv1dFilterGradient,
  [conv1dInputGradientKernel]: conv1dInputGradient,
  [sumOverTimeKernel]: sumOverTime,
  [reflectedKernel]: composedReflected,
  [reflectedTransposedKernel]: composedReflectedTransposed,
  [leakyReluKernel]: (inputs, attributes) =>
    leakyRelu(tensorInput(inputs, 'x'), numberAttribute(attributes, 'slope')),
  [filmLeakyReluKernel]: filmLeakyRelu,
  [averagePoolKernel]: averagePool,
  [upsampleKernel]: upsample,
  [addNoiseLevelKernel]: addNoiseLevel,
  [absorbedKernel]: composedAbsorbed,
  [absorbedGradientsKernel]: composedAbsorbedGradients,
  [adamKernel]: composedAdam,
  [noiseKernel]: (_, attributes) => drawnNoise(attributes),
  [sumOfSquaresKernel]: sumOfSquares,
  [constantProductKernel]: (inputs) => tf.matMul(tensorInput(inputs, 'x'), tensorInput(inputs, 'matrix')),
  ...composedFrames,
}

/** Registers the composed form of every kernel that the backend does not have yet. */
export function registerComposedKernels(backendName: string): void {
  for (const [kernelName, run] of Object.entries(composed)) {
    if (tf.getKernel(kernelName, backendName)) continue
    const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => tf.tidy(() => run(inputs, attrs))
    tf.registerKernel({ kernelName, backendName, kernelFunc })
  }
}

/** The form of the kernel conv1d.ts that every backend can run. */
export function conv1dOfStockOps(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const filter = tensorInput(inputs, 'filter')
  const residual = optionalTensorInput(inputs, 'residual')
  const [batch, time, channels] = activationShape(x)
  const [taps, , outputs] = filter.shape
  const convolved = tf.engine().runKernel<tf.Tensor>(
    'FusedConv2D',
    {
      x: x.reshape([batch, 1, time, channels]),
      filter: filter.reshape([1, taps, channels, outputs]),
      bias: tensorInput(inputs, 'bias'),
    },
    {
      strides: [1, 1],
      pad: 'same',
      dataFormat: 'NHWC',
      dilations: [1, numberAttribute(attributes, 'dilation')],
      activation: 'linear',
    },
  ) // [batch, 1, time, outputs]
  if (!residual) {
    const slope = numberAttribute(attributes, 'leakyReluSlope')
    return (slope === 1 ? convolved : leakyRelu(convolved, slope)).reshape([batch, time, outputs])
  }
  const repeat = numberAttribute(attributes, 'residualRepeat')
  return convolved
    .reshape([batch, time / repeat, repeat, outputs])
    .add(residual.reshape([batch, time / repeat, 1, outputs]))
    .reshape([batch, time, outputs])
}

/** The same convolution of dy, with the taps reversed, and inputs and outputs swapped. */
function conv1dInputGradient(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const [dy, filter] = [tensorInput(inputs, 'dy'), tensorInput(inputs, 'filter')]
  const turned = withThreeAxes(filter.reverse(0).transpose([0, 2, 1]))
  const noBias = tf.zeros<tf.Rank.R1>([turned.shape[2]])
  return conv1d(withThreeAxes(dy), turned, noBias, { dilation: numberAttribute(attributes, 'dilation') })
}

/** x, dy -> one product per tap: a shifted slice of x, transposed, times the part of dy that depends on it. */
function conv1dFilterGradient(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const taps = numberAttribute(attributes, 'taps')
  const dilation = numberAttribute(attributes, 'dilation')
  const [batch, time, channels] = activationShape(x)
  const [, , outputs] = activationShape(dy)
  const perTap = Array.from({ length: taps }, (_, tap) => {
    const offset = dilation * (tap - (taps - 1) / 2)
    const overlap = time - Math.abs(offset)
    if (overlap <= 0) return tf.zeros([channels, outputs])
    const seen = x.slice([0, Math.max(0, offset), 0], [batch, overlap, channels])
    const gradient = dy.slice([0, Math.max(0, -offset), 0], [batch, overlap, outputs])
    return tf.matMul(
      seen.reshape<tf.Tensor2D>([batch * overlap, channels]),
      gradient.reshape<tf.Tensor2D>([batch * overlap, outputs]),
      true,
    )
  })
  return tf.stack(perTap)
}

/**
 * Adds pairwise: on WebGPU tf.addN binds all inputs at once, and gives wrong results beyond the shader's binding limit.
 */
function sumOfSquares(inputs: Inputs): tf.Tensor {
  return Object.keys(inputs)
    .map((name) => tensorInput(inputs, name).square().sum())
    .reduce((sum, square) => sum.add(square))
}

/** Computes the mean, for which XNNPACK has a kernel, times the count. */
function sumOverTime(inputs: Inputs): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const [, time] = activationShape(x)
  return meanOfEvery(x, time).mul(time).sum([0, 1])
}

function drawnNoise(attributes: Attributes): tf.Tensor {
  const number = (name: string) => numberAttribute(attributes, name)
  const length = number('length')
  return tf.tensor2d(gaussianNoise(number('seed'), number('stream'), number('first'), length), [1, length])
}

function filmLeakyRelu(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const modulated = tensorInput(inputs, 'x')
    .mul(tensorInput(inputs, 'scale'))
    .add(tensorInput(inputs, 'shift'))
  return leakyRelu(modulated, numberAttribute(attributes, 'slope'))
}

function averagePool(inputs: Inputs, attributes: Attributes): tf.Tensor {
  return meanOfEvery(tensorInput(inputs, 'x'), numberAttribute(attributes, 'factor'))
}

/** [batch, time, channels] -> [batch, time / factor, channels]. */
function meanOfEvery(x: tf.Tensor, factor: number): tf.Tensor {
  const [batch, time, channels] = activationShape(x)
  const window = [1, factor]
  return tf
    .engine() // tf.avgPool would copy the result
    .runKernel<tf.Tensor>(
      'AvgPool',
      { x: x.reshape([batch, 1, time, channels]) },
      { filterSize: window, strides: window, pad: 'valid' },
    )
    .reshape([batch, time / factor, channels])
}

function upsample(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const factor = numberAttribute(attributes, 'factor')
  const [batch, time, channels] = activationShape(x)
  return x
    .reshape([batch, time, 1, channels])
    .mul(tf.ones([1, 1, factor, 1]))
    .reshape([batch, time * factor, channels])
}

function addNoiseLevel(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const scale = numberAttribute(attributes, 'scale')
  const [batch, , channels] = activationShape(x)
  const encoding = new Float32Array(batch * channels)
  for (const [item, level] of numbersAttribute(attributes, 'levels').entries())
    encoding.set(encodeNoiseLevel(level, channels, scale), item * channels)
  return x.add(tf.tensor(encoding, [batch, 1, channels]))
}

/** Uses PReLU with one slope for all channels, which XNNPACK has; its leaky ReLU is a scalar loop. */
function leakyRelu(x: tf.Tensor, slope: number): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>('Prelu', { x, alpha: tf.fill([x.shape[x.rank - 1]], slope) })
}
