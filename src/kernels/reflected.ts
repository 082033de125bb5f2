import * as tf from '@tensorflow/tfjs'

/**
 * Extends x [batch, time] by `before` and `after` samples, mirrored at its ends repeatedly if needed; negative numbers
 * remove samples. Built from slices, because the gradient of tfjs's own mirror padding ignores the mirrored samples.
 * The caller disposes.
 */
export function reflected(x: tf.Tensor2D, before: number, after: number): tf.Tensor2D {
  const [batch, time] = x.shape
  if (Math.max(before, after) >= time) {
    if (time === 1) throw new Error('reflected: one sample cannot be mirrored')
    const [first, last] = [Math.min(before, time - 1), Math.min(after, time - 1)]
    return reflected(reflected(x, first, last), before - first, after - last)
  }
  const [first, last] = [Math.max(0, -before), Math.max(0, -after)]
  const parts = [first + last > 0 ? x.slice([0, first], [batch, time - first - last]) : x]
  if (before > 0) parts.unshift(x.slice([0, 1], [batch, before]).reverse(1))
  if (after > 0) parts.push(x.slice([0, time - 1 - after], [batch, after]).reverse(1))
  return tf.concat2d(parts, 1)
}
