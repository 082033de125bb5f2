/**
 * The kernels composed of stock tfjs operations: what wasm and cpu run, and the oracle of the WebGPU programs. On wasm only
 * convolution, add, multiply, PReLU and average pooling go through XNNPACK (SIMD, threads); leaky ReLU, maximum and
 * nearest-neighbour resizing are scalar loops, an order of magnitude slower, and are not used.
 */
import * as tf from '@tensorflow/tfjs'
import { addNoiseLevelKernel, encodeNoiseLevel } from './add-noise-level.ts'
import { conv1dFilterGradientKernel, conv1dKernel, sumOverTimeKernel } from './conv1d.ts'
import { filmLeakyReluKernel } from './film-leaky-relu.ts'
import {
  activationShape,
  numberAttribute,
  numbersAttribute,
  optionalTensorInput,
  tensorInput,
} from './kernel-arguments.ts'
import { leakyReluKernel } from './leaky-relu.ts'
import { averagePoolKernel, upsampleKernel } from './resample.ts'

type Inputs = tf.NamedTensorInfoMap
type Attributes = tf.NamedAttrMap | undefined

const composed: Readonly<Record<string, (inputs: Inputs, attributes: Attributes) => tf.Tensor>> = {
  [conv1dKernel]: conv1d,
  [conv1dFilterGradientKernel]: conv1dFilterGradient,
  [sumOverTimeKernel]: sumOverTime,
  [leakyReluKernel]: (inputs, attributes) =>
    leakyRelu(tensorInput(inputs, 'x'), numberAttribute(attributes, 'slope')),
  [filmLeakyReluKernel]: filmLeakyRelu,
  [averagePoolKernel]: averagePool,
  [upsampleKernel]: upsample,
  [addNoiseLevelKernel]: addNoiseLevel,
}

/** Gives a backend the composed form of every kernel that it does not have yet. */
export function registerComposedKernels(backendName: string): void {
  for (const [kernelName, run] of Object.entries(composed)) {
    if (tf.getKernel(kernelName, backendName)) continue
    const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => tf.tidy(() => run(inputs, attrs))
    tf.registerKernel({ kernelName, backendName, kernelFunc })
  }
}

function conv1d(inputs: Inputs, attributes: Attributes): tf.Tensor {
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

/**
 * x, dy -> one product for all taps: x as each tap sees it, side by side and transposed, times dy. On wasm only plain
 * products are fast, and XNNPACK spends as long on taking in the second factor as on a third of one tap. Each item of the
 * batch has zeros after it, as many as a tap reaches; at least two, for a power of two of rows is transposed ten times
 * slower.
 */
function conv1dFilterGradient(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const taps = numberAttribute(attributes, 'taps')
  const dilation = numberAttribute(attributes, 'dilation')
  const [, , channels] = activationShape(x)
  const reach = (dilation * (taps - 1)) / 2
  const apart = Math.max(reach, 2)
  const gradients = inRows(dy, apart)
  const [rows, outputs] = gradients.shape
  let seen = inRows(x, apart)
  if (taps > 1) {
    const margin = tf.zeros<tf.Rank.R2>([reach, channels])
    const wide = tf.concat2d([margin, seen, margin], 0)
    const perTap = Array.from({ length: taps }, (_, tap) =>
      tf.slice2d(wide, [tap * dilation, 0], [rows, channels]),
    )
    seen = tf.concat2d(perTap, 1)
  }
  return tf.matMul(seen.transpose<tf.Tensor2D>(), gradients).reshape([taps, channels, outputs])
}

/** [batch, time, channels] -> [batch * (time + apart), channels], with zeros between the items. */
function inRows(x: tf.Tensor, apart: number): tf.Tensor2D {
  const [batch, time, channels] = activationShape(x)
  const spaced = tf.concat([x, tf.zeros([batch, apart, channels])], 1)
  return spaced.reshape<tf.Tensor2D>([batch * (time + apart), channels])
}

/** The mean, which XNNPACK has, times the count. */
function sumOverTime(inputs: Inputs): tf.Tensor {
  const x = tensorInput(inputs, 'x')
  const [, time] = activationShape(x)
  return meanOfEvery(x, time).mul(time).sum([0, 1])
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

/** PReLU with one slope for all channels, which XNNPACK has, where leaky ReLU is a scalar loop. */
function leakyRelu(x: tf.Tensor, slope: number): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>('Prelu', { x, alpha: tf.fill([x.shape[x.rank - 1]], slope) })
}
