/** Extension of a signal by its mirror images, and the transpose of that linear map, which is its gradient. */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, singleGradient } from '../kernel-arguments.ts'

export const reflectedKernel = 'VocoderReflected'
export const reflectedTransposedKernel = 'VocoderReflectedTransposed'

/**
 * Extends x [batch, time] by `before` and `after` samples, mirrored at its ends repeatedly if needed; negative numbers
 * remove samples. The caller disposes. Differentiable; tfjs's own mirror padding is not, since its gradient ignores the
 * mirrored samples.
 */
export function reflected(x: tf.Tensor2D, before: number, after: number): tf.Tensor2D {
  const [, time] = x.shape
  if (time === 1 && Math.max(before, after) >= 1) throw new Error('reflected: one sample cannot be mirrored')
  return tf.engine().runKernel<tf.Tensor2D>(reflectedKernel, { x }, { before, after, time })
}

/** The sample of a signal of `time` samples that a place inside or outside of it shows. */
export function mirroredPlace(place: number, time: number): number {
  if (place >= 0 && place < time) return place
  const period = 2 * (time - 1)
  const within = ((place % period) + period) % period
  return within < time ? within : period - within
}

tf.registerGradient({
  kernelName: reflectedKernel,
  gradFunc: (gradient, _, attributes) => ({
    x: () => {
      const [before, after, time] = ['before', 'after', 'time'].map((name) =>
        numberAttribute(attributes, name),
      )
      const inputs = { dy: singleGradient(gradient) }
      return tf.engine().runKernel<tf.Tensor>(reflectedTransposedKernel, inputs, { before, after, time })
    },
  }),
})
