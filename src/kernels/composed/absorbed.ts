/** The kernels of ../absorbed.ts, composed of stock tfjs operations. */
import type * as tf from '@tensorflow/tfjs'
import { tensorInput } from '../kernel-arguments.ts'
import { sumOverTime } from '../sum-over-time.ts'

type Inputs = tf.NamedTensorInfoMap

function weightsOf(inputs: Inputs) {
  const matrix = tensorInput(inputs, 'matrix')
  const [rows, columns] = matrix.shape
  const ofRows = (name: string) => tensorInput(inputs, name).reshape([rows, 1])
  return {
    matrix,
    bias: tensorInput(inputs, 'bias'),
    scale: tensorInput(inputs, 'scale'),
    gains: ofRows('gains'),
    offsets: ofRows('offsets'),
    sumOfRows: (x: tf.Tensor) => sumOverTime(x.as3D(1, rows, columns)),
  }
}

export function composedAbsorbed(inputs: Inputs): tf.Tensor[] {
  const { matrix, bias, scale, gains, offsets, sumOfRows } = weightsOf(inputs)
  return [matrix.mul(gains).mul(scale), bias.add(sumOfRows(matrix.mul(offsets))).mul(scale)]
}

export function composedAbsorbedGradients(inputs: Inputs): tf.Tensor[] {
  const { matrix, bias, scale, gains, offsets, sumOfRows } = weightsOf(inputs)
  const dFilter = tensorInput(inputs, 'dFilter').reshape(matrix.shape)
  const dBias = tensorInput(inputs, 'dBias')
  const [scaled, scaledBias] = [dFilter.mul(scale), dBias.mul(scale)]
  const unscaledBias = bias.add(sumOfRows(matrix.mul(offsets)))
  return [
    scaled.mul(gains).add(offsets.mul(scaledBias)),
    scaledBias,
    scaled.mul(matrix).sum(1),
    matrix.mul(scaledBias).sum(1),
    sumOfRows(dFilter.mul(matrix).mul(gains)).add(dBias.mul(unscaledBias)),
  ]
}
