import * as tf from '@tensorflow/tfjs'

/**
 * x [batch, time] with `before` and `after` samples more, mirrored at its ends, as often as it takes; where negative, as many
 * fewer. It is made of slices, since tfjs's own mirrored padding has a gradient that forgets what was mirrored. The caller
 * disposes.
 */
export function reflected(x: tf.Tensor2D, before: number, after: number): tf.Tensor2D {
  const [batch, time] = x.shape
  if (Math.max(before, after) >= time) {
    if (time === 1) throw new Error('reflected: one sample cannot be mirrored')
    const [first, last] = [Math.min(before, time - 1), Math.min(after, time - 1)]
    return reflected(reflected(x, first, last), before - first, after - last)
  }
  const first = Math.max(0, -before)
  const parts = [x.slice([0, first], [batch, time - first - Math.max(0, -after)])]
  if (before > 0) parts.unshift(x.slice([0, 1], [batch, before]).reverse(1))
  if (after > 0) parts.push(x.slice([0, time - 1 - after], [batch, after]).reverse(1))
  return tf.concat2d(parts, 1)
}
