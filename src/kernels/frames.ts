/**
 * Signals and the overlapping frames that they are cut into, in slices and sums whose gradients tfjs has on every backend.
 * A frame is a whole number of hops wide: the hops k .. k + pieces - 1 of the signal, side by side.
 */
import * as tf from '@tensorflow/tfjs'

export type FrameGrid = {
  readonly hopSamples: number
  /** Hops in a frame. */
  readonly pieces: number
  readonly frames: number
}

/** Samples from the beginning of the first frame to the end of the last. */
export function gridSamples({ hopSamples, pieces, frames }: FrameGrid): number {
  return (frames + pieces - 1) * hopSamples
}

/** x [batch, gridSamples] -> [batch * frames, pieces * hop]. The caller disposes. */
export function cutFrames(x: tf.Tensor2D, { hopSamples, pieces, frames }: FrameGrid): tf.Tensor2D {
  const [batch] = x.shape
  const columns = Array.from({ length: pieces }, (_, piece) =>
    x
      .slice([0, piece * hopSamples], [batch, frames * hopSamples])
      .reshape<tf.Tensor2D>([batch * frames, hopSamples]),
  )
  return tf.concat2d(columns, 1)
}

/** Frames [batch * frames, pieces * hop], each added where it was cut -> [batch, gridSamples]. The caller disposes. */
export function overlapAdd(cut: tf.Tensor2D, { hopSamples, pieces, frames }: FrameGrid): tf.Tensor2D {
  const batch = cut.shape[0] / frames
  const shifted = Array.from({ length: pieces }, (_, piece) =>
    cut
      .slice([0, piece * hopSamples], [batch * frames, hopSamples])
      .reshape<tf.Tensor2D>([batch, frames * hopSamples])
      .pad<tf.Tensor2D>([
        [0, 0],
        [piece * hopSamples, (pieces - 1 - piece) * hopSamples],
      ]),
  )
  return shifted.reduce((sum, each) => sum.add<tf.Tensor2D>(each))
}

/**
 * x [batch, time] with `before` and `after` samples more, mirrored at its ends, as often as it takes; where negative, as many
 * fewer. (tfjs's own
 * mirrored padding has a gradient that forgets what was mirrored.) The caller disposes.
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
