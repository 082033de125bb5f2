/**
 * One Adam step (Kingma and Ba 2015, algorithm 1) with an exponential moving average of the weight, all of one shape.
 */
import * as tf from '@tensorflow/tfjs'

export const adamKernel = 'VocoderAdam'

/** A weight with its average (EMA) and its first and second moments. */
export type AdamState<T extends tf.Tensor = tf.Tensor> = {
  readonly weight: T
  readonly average: T
  readonly mean: T
  readonly square: T
}

export type AdamRates = {
  readonly meanDecay: number
  readonly squareDecay: number
  /** The learning rate divided by the bias correction of the mean. */
  readonly size: number
  readonly rootOfSquareCorrection: number
  readonly epsilon: number
  /** Scales the gradient. */
  readonly factor: number
  readonly averageDecay: number
}

/** Returns the state after the step in new tensors; the caller disposes the old and the new. */
export function adam<T extends tf.Tensor>(state: AdamState<T>, gradient: T, rates: AdamRates): AdamState<T> {
  const [weight, average, mean, square] = tf
    .engine()
    .runKernel<T[]>(adamKernel, { ...state, gradient }, { ...rates })
  return { weight, average, mean, square }
}
