/**
 * The random draws of a step besides its crops: a pure function of (seed, step), so that resuming needs no other state.
 */
import { gaussianNoise, uniformNoise } from '../../../base/random.ts'
import { jitterBetas, trainingLevels, uniformsPerLevel } from '../../../diffusion/noise-level-sampling.ts'
import type { Prediction } from '../../../diffusion/prediction.ts'

export type StepDraws = {
  /** A noise level per crop, for WaveGrad's objective. */
  readonly levels: (crops: number) => readonly number[]
  /** The noise for these levels, standard normal, `count` samples. */
  readonly noise: (count: number) => Float32Array
  /** N of the infer loss, one of `choices`. */
  readonly processSteps: (choices: readonly number[]) => number
  /** The given betas, jittered. */
  readonly betas: (own: readonly number[]) => readonly number[]
  /** Draws the noise of the reverse process: y_N, or the z of step `n`, `count` samples, standard normal. `n` runs from N to 2. */
  readonly processNoise: (n: number | 'start', count: number) => Float32Array
}

/** Per step; the streams of one seed are divided among the steps. */
const streams = ['levels', 'noise', 'process steps', 'betas', 'process noise'] as const
const streamsPerStep = 8

/** `step` counts from 0. */
export function drawStep(seed: number, step: number, prediction: Prediction): StepDraws {
  const stream = (name: (typeof streams)[number]) => step * streamsPerStep + streams.indexOf(name)
  return {
    levels: (crops) =>
      trainingLevels(crops, prediction, uniformNoise(seed, stream('levels'), 0, uniformsPerLevel * crops)),
    noise: (count) => gaussianNoise(seed, stream('noise'), 0, count),
    processSteps(choices) {
      const [drawn] = uniformNoise(seed, stream('process steps'), 0, 1)
      return choices[Math.floor(drawn * choices.length)]
    },
    betas: (own) => jitterBetas(own, uniformNoise(seed, stream('betas'), 0, own.length)),
    processNoise(n, count) {
      const place = n === 'start' ? 0 : n - 1
      return gaussianNoise(seed, stream('process noise'), place * count, count)
    },
  }
}
