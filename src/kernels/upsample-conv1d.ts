/**
 * Convolution of a signal upsampled by repetition, without the upsampled signal. Sample p of the `factor` that come of each
 * input sample reads, through tap k, the input sample at floor((p + dilation * (k - (K - 1) / 2)) / factor) from its own;
 * taps that meet the same sample are summed beforehand. What remains is one convolution at the low rate with `factor` times
 * the outputs, which lie in memory as the samples of the high rate do.
 */
import * as tf from '@tensorflow/tfjs'
import { conv1d } from './conv1d.ts'

/** Filter and bias of the low-rate convolution: [low taps, inputs, factor * outputs] and [factor * outputs]. */
export type PolyphaseFilter = {
  readonly filter: tf.Tensor3D
  readonly bias: tf.Tensor1D
  readonly factor: number
}

/**
 * filter [taps, inputs, outputs] with an odd number of taps, bias [outputs]. The caller disposes the result. Linear, hence
 * differentiable, in filter and bias.
 */
export function polyphaseFilter(
  filter: tf.Tensor3D,
  bias: tf.Tensor1D,
  { factor, dilation }: { readonly factor: number; readonly dilation: number },
): PolyphaseFilter {
  const [taps, inputs, outputs] = filter.shape
  const merge = mergeOfTaps(taps, factor, dilation)
  return tf.tidy(() => {
    const merged = tf.matMul(
      tf.tensor2d(merge.values, [merge.lowTaps * factor, taps]),
      filter.reshape<tf.Tensor2D>([taps, inputs * outputs]),
    )
    return {
      filter: merged
        .reshape([merge.lowTaps, factor, inputs, outputs])
        .transpose([0, 2, 1, 3])
        .reshape<tf.Tensor3D>([merge.lowTaps, inputs, factor * outputs]),
      bias: bias.tile([factor]),
      factor,
    }
  })
}

/**
 * What the gradient of a merged filter and bias says of those that they were made of, of `taps` taps: the transposed of
 * `polyphaseFilter`, which is linear. The caller disposes the result.
 */
export function polyphaseGradient(
  merged: { readonly filter: tf.Tensor3D; readonly bias: tf.Tensor1D },
  { taps, factor, dilation }: { readonly taps: number; readonly factor: number; readonly dilation: number },
): { readonly filter: tf.Tensor3D; readonly bias: tf.Tensor1D } {
  const [lowTaps, inputs, manyOutputs] = merged.filter.shape
  const outputs = manyOutputs / factor
  const merge = mergeOfTaps(taps, factor, dilation)
  return tf.tidy(() => {
    const rows = merged.filter
      .reshape([lowTaps, inputs, factor, outputs])
      .transpose([0, 2, 1, 3])
      .reshape<tf.Tensor2D>([lowTaps * factor, inputs * outputs])
    const merging = tf.tensor2d(merge.values, [lowTaps * factor, taps]).transpose<tf.Tensor2D>()
    return {
      filter: tf.matMul(merging, rows).reshape<tf.Tensor3D>([taps, inputs, outputs]),
      bias: merged.bias.reshape([factor, outputs]).sum<tf.Tensor1D>(0),
    }
  })
}

/** Which tap of the low rate, in which phase, each tap is part of: ones and zeros, [lowTaps, factor, taps]. */
function mergeOfTaps(
  taps: number,
  factor: number,
  dilation: number,
): { readonly lowTaps: number; readonly values: Float32Array } {
  const half = (taps - 1) / 2
  const reach = Math.ceil((dilation * half) / factor)
  const lowTaps = 2 * reach + 1
  const values = new Float32Array(lowTaps * factor * taps)
  for (let phase = 0; phase < factor; phase++)
    for (let tap = 0; tap < taps; tap++) {
      const offset = Math.floor((phase + dilation * (tap - half)) / factor)
      values[((offset + reach) * factor + phase) * taps + tap] = 1
    }
  return { lowTaps, values }
}

/** x [batch, time, inputs] -> [batch, time * factor, outputs]. The caller disposes the result. */
export function upsampleConv1d(x: tf.Tensor3D, { filter, bias, factor }: PolyphaseFilter): tf.Tensor3D {
  const [batch, time] = x.shape
  return tf.tidy(() => conv1d(x, filter, bias).reshape([batch, time * factor, filter.shape[2] / factor]))
}
