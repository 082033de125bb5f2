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
  const half = (taps - 1) / 2
  const reach = Math.ceil((dilation * half) / factor)
  const lowTaps = 2 * reach + 1
  const merge = new Float32Array(lowTaps * factor * taps) // [low taps, factor, taps]
  for (let phase = 0; phase < factor; phase++)
    for (let tap = 0; tap < taps; tap++) {
      const offset = Math.floor((phase + dilation * (tap - half)) / factor)
      merge[((offset + reach) * factor + phase) * taps + tap] = 1
    }
  return tf.tidy(() => {
    const merged = tf.matMul(
      tf.tensor2d(merge, [lowTaps * factor, taps]),
      filter.reshape<tf.Tensor2D>([taps, inputs * outputs]),
    )
    return {
      filter: merged
        .reshape([lowTaps, factor, inputs, outputs])
        .transpose([0, 2, 1, 3])
        .reshape<tf.Tensor3D>([lowTaps, inputs, factor * outputs]),
      bias: bias.tile([factor]),
      factor,
    }
  })
}

/** x [batch, time, inputs] -> [batch, time * factor, outputs]. The caller disposes the result. */
export function upsampleConv1d(x: tf.Tensor3D, { filter, bias, factor }: PolyphaseFilter): tf.Tensor3D {
  const [batch, time] = x.shape
  return tf.tidy(() => conv1d(x, filter, bias).reshape([batch, time * factor, filter.shape[2] / factor]))
}
