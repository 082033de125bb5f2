/**
 * The three blocks of WaveGrad (arXiv 2009.00713, section 3, figures 2 to 4), on [batch, time, channels]. Where the
 * paper is ambiguous, pretrain/networks/wavegrad.py decides. Each runs inside its own tidy; the caller disposes results.
 */
import * as tf from '@tensorflow/tfjs'
import { addNoiseLevel } from '../../../kernels/add-noise-level.ts'
import { conv1d } from '../../../kernels/conv1d.ts'
import { filmLeakyRelu, type Modulation } from '../../../kernels/film-leaky-relu.ts'
import { leakyRelu } from '../../../kernels/leaky-relu.ts'
import { averagePool, upsample } from '../../../kernels/resample.ts'
import type { DBlockParameters, FilmParameters, UBlockParameters } from './parameters.ts'

/** x [batch, time, inputs] -> [batch, time / factor, outputs]. */
export function dBlock(
  x: tf.Tensor3D,
  { residual, convs, factor, downsampling }: DBlockParameters,
  slope: number,
): tf.Tensor3D {
  const [first, second, third] = convs
  return tf.tidy(() => {
    const pooled = downsampling === 'average' ? averagePool(x, factor) : everyNth(x, factor)
    const beside = conv1d(pooled, residual.filter, residual.bias)
    const activated = leakyRelu(pooled, slope)
    const one = conv1d(activated, first.filter, first.bias, { dilation: 1, leakyReluSlope: slope })
    const two = conv1d(one, second.filter, second.bias, { dilation: 2, leakyReluSlope: slope })
    return conv1d(two, third.filter, third.bias, { dilation: 4, residual: beside })
  })
}

/** The first of every `factor` samples. */
function everyNth(x: tf.Tensor3D, factor: number): tf.Tensor3D {
  const [batch, time, channels] = x.shape
  const groups = x.reshape<tf.Tensor3D>([batch, time / factor, factor * channels])
  return tf.slice3d(groups, [0, 0, 0], [batch, time / factor, channels])
}

/** x [batch, time, channels], a level per batch item -> shift and scale of the UBlock at the same rate. */
export function film(
  x: tf.Tensor3D,
  levels: readonly number[],
  { input, shift, scale }: FilmParameters,
  { slope, noiseLevelScale }: { readonly slope: number; readonly noiseLevelScale: number },
): Modulation {
  return tf.tidy(() => {
    const features = conv1d(x, input.filter, input.bias, { leakyReluSlope: slope })
    const informed = addNoiseLevel(features, levels, noiseLevelScale)
    return {
      shift: conv1d(informed, shift.filter, shift.bias),
      scale: conv1d(informed, scale.filter, scale.bias),
    }
  })
}

/**
 * The part of a UBlock that does not depend on the modulation: its residual, still at the low rate, and its first
 * convolution.
 */
export type UBlockEntry = { readonly residual: tf.Tensor3D; readonly main: tf.Tensor3D }

/** x [batch, time, inputs] -> residual [batch, time, outputs] and main [batch, time * factor, outputs]. */
export function enterUBlock(
  x: tf.Tensor3D,
  { residual, factor, convs: [first] }: UBlockParameters,
  slope: number,
): UBlockEntry {
  return tf.tidy(() => ({
    residual: conv1d(x, residual.filter, residual.bias),
    main: conv1d(upsample(leakyRelu(x, slope), factor), first.filter, first.bias, {
      dilation: first.dilation,
    }),
  }))
}

/** Computes the rest of the UBlock, [batch, time * factor, outputs], with the same modulation in all three places. */
export function finishUBlock(
  { residual, main }: UBlockEntry,
  modulation: Modulation,
  { convs }: UBlockParameters,
  slope: number,
): tf.Tensor3D {
  const [, second, third, fourth] = convs
  return tf.tidy(() => {
    const half = conv1d(filmLeakyRelu(main, modulation, slope), second.filter, second.bias, {
      dilation: second.dilation,
      residual,
    })
    const inner = conv1d(filmLeakyRelu(half, modulation, slope), third.filter, third.bias, {
      dilation: third.dilation,
    })
    return conv1d(filmLeakyRelu(inner, modulation, slope), fourth.filter, fourth.bias, {
      dilation: fourth.dilation,
      residual: half,
    })
  })
}
