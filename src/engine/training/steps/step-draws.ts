/** What a step draws besides its crops: a pure function of (seed, step), so that resuming needs no other state. */
import { gaussianNoise, uniformNoise } from '../../../base/random.ts'
import type { Prediction } from '../../../diffusion/prediction.ts'
import { jitterBetas, trainingLevels, uniformsPerLevel } from '../../../diffusion/training-draws.ts'

export type StepDraws = {
  /** For WaveGrad's objective: a noise level per crop. */
  readonly levels: (crops: number) => readonly number[]
  /** The noise that goes with them, standard normal, `count` samples. */
  readonly noise: (count: number) => Float32Array
  /** N of the infer loss, one of `choices`. */
  readonly processSteps: (choices: readonly number[]) => number
  /** Betas near those given. */
  readonly betas: (own: readonly number[]) => readonly number[]
  /** For the reverse process: y_N, or z of step `n` below, standard normal, `count` samples. `n` from N to 2. */
  readonly processNoise: (n: number | 'start', count: number) => Float32Array
}

/** Of each step; the sequences of one seed that steps share out among them. */
const streams = ['levels', 'noise', 'process steps', 'betas', 'process noise'] as const
const streamsPerStep = 8

/** From the seed and the number of the step, from 0. */
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
