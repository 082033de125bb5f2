/**
 * The rates of each Adam step, including the learning rate and the factor that clips the gradient's norm. Python
 * counterpart: pretrain/trainer.py.
 */
import type * as tf from '@tensorflow/tfjs'
import { type AdamState, adam } from '../../../kernels/adam.ts'
import type { TrainingSettings } from '../training-engine.ts'

const [meanDecay, squareDecay] = [0.9, 0.99]
const epsilon = 1e-8

/** Linear warm-up, then a quarter cosine to 0 over `steps`; `step` counts from 0. */
export function learningRateAt(
  step: number,
  { learningRate, warmupSteps, steps }: Pick<TrainingSettings, 'learningRate' | 'warmupSteps' | 'steps'>,
): number {
  const warm = Math.min(1, (step + 1) / Math.max(1, warmupSteps))
  return learningRate * warm * (0.5 + 0.5 * Math.cos(Math.PI * Math.min(1, step / steps)))
}

/** The factor that scales a gradient to a norm of at most `maxNorm`. */
export function clippingFactor(norm: number, maxNorm: number): number {
  return Math.min(1, maxNorm / (norm + 1e-6))
}

/** Decays faster at first, while the average still consists mostly of the initial weights. */
export function averageDecayAt(step: number, emaDecay: number): number {
  return Math.min(emaDecay, (step + 1) / (step + 10))
}

export type AdamStep = {
  /** Counts from 0. */
  readonly step: number
  readonly learningRate: number
  /** Scale of the gradient, from `clippingFactor`. */
  readonly factor: number
  readonly averageDecay: number
}

/** Returns the state after one step in new tensors; the caller disposes the old and the new. */
export function adamStep<T extends tf.Tensor>(
  state: AdamState<T>,
  gradient: T,
  { step, learningRate, factor, averageDecay }: AdamStep,
): AdamState<T> {
  return adam(state, gradient, {
    meanDecay,
    squareDecay,
    size: learningRate / (1 - meanDecay ** (step + 1)),
    rootOfSquareCorrection: Math.sqrt(1 - squareDecay ** (step + 1)),
    epsilon,
    factor,
    averageDecay,
  })
}
