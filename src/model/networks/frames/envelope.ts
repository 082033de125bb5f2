/**
 * The envelope within frames that the frame network applies to its output. Python counterpart: `enveloped` of
 * pretrain/networks/frames.py.
 */
import * as tf from '@tensorflow/tfjs'
import { envelopedKernel } from '../../../kernels/frames/frame-fusions.ts'
import { fused } from '../../../kernels/fused.ts'
import { limitedGain, maxLnGain } from './gain.ts'

/**
 * signal [batch, frames * hop] and values per frame [batch, frames, gains] -> the signal times the values' gains, linear
 * between these, [batch, frames * hop]. The caller disposes.
 */
export function enveloped(signal: tf.Tensor2D, values: tf.Tensor3D): tf.Tensor2D {
  return fused(envelopedKernel, { signal, values }, { maxLn: maxLnGain }, () =>
    signal.mul<tf.Tensor2D>(envelope(values, signal.shape[1] / values.shape[1])),
  )
}

/** Values per frame [batch, frames, gains] -> factors [batch, frames * hop]. */
function envelope(values: tf.Tensor3D, hopSamples: number): tf.Tensor2D {
  const [batch, frames, gains] = values.shape
  const factors = limitedGain(values.reshape<tf.Tensor3D>([batch, frames * gains, 1]))
  const end = frames * gains - 1
  const cut = (from: number, count: number) => factors.slice([0, from, 0], [-1, count, 1])
  const before = tf.concat([cut(0, 1), cut(0, end)], 1)
  const after = tf.concat([cut(1, end), cut(end, 1)], 1)
  const three = tf.concat([before, factors, after], 2).reshape<tf.Tensor2D>([-1, 3])
  return tf.matMul(three, slopes(hopSamples / gains)).reshape<tf.Tensor2D>([batch, frames * hopSamples])
}

/** Weights of a gain and its two neighbours at each of its samples, [3, samples]. */
function slopes(samples: number): tf.Tensor2D {
  const at = Float32Array.from({ length: samples }, (_, sample) => (sample + 0.5) / samples - 0.5) // from the middle
  return tf.tensor2d([
    Array.from(at, (offset) => Math.max(-offset, 0)),
    Array.from(at, (offset) => 1 - Math.abs(offset)),
    Array.from(at, (offset) => Math.max(offset, 0)),
  ])
}
