/** One step of Adam (Kingma and Ba 2015, algorithm 1) with a moving average of what it makes, on tensors of one shape. */
import * as tf from '@tensorflow/tfjs'

export const adamKernel = 'VocoderAdam'

/** A weight with all that training keeps of it. */
export type AdamState<T extends tf.Tensor = tf.Tensor> = {
  readonly weight: T
  readonly average: T
  readonly mean: T
  readonly square: T
}

export type AdamRates = {
  readonly meanDecay: number
  readonly squareDecay: number
  /** The learning rate over the mean's correction of bias. */
  readonly size: number
  readonly rootOfSquareCorrection: number
  readonly epsilon: number
  /** The gradient counts so many times. */
  readonly factor: number
  readonly averageDecay: number
}

/** The state after the step, in new tensors; the caller disposes the old and the new. */
export function adam<T extends tf.Tensor>(state: AdamState<T>, gradient: T, rates: AdamRates): AdamState<T> {
  const [weight, average, mean, square] = tf
    .engine()
    .runKernel<T[]>(adamKernel, { ...state, gradient }, { ...rates })
  return { weight, average, mean, square }
}
