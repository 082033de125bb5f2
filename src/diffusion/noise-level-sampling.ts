/**
 * Random draws of a training step as functions of uniform numbers in [0, 1), so that equal numbers give equal steps.
 */
import type { Prediction } from './prediction.ts'

const trainingSteps = 1000
const [firstBeta, lastBeta] = [1e-6, 0.01]

/** The unit is logits: a beta of .5 moves within .33 to .67, one of .01 within .005 to .02. */
const maxShift = 0.7

/** sqrt(alpha-bar_0 = 1), .., sqrt(alpha-bar_1000) of the schedule that WaveGrad is trained on. */
const levelEdges = (() => {
  const edges = new Float64Array(trainingSteps + 1)
  edges[0] = 1
  for (let step = 0, product = 1; step < trainingSteps; step++) {
    product *= 1 - (firstBeta + ((lastBeta - firstBeta) * step) / (trainingSteps - 1))
    edges[step + 1] = Math.sqrt(product)
  }
  return edges
})()

/** Number of uniform numbers per level. */
export const uniformsPerLevel = 2

/**
 * Draws a noise level per crop: a step of the 1,000, then uniform between its level and its neighbour's (WaveGrad,
 * section 2). For v and endpoints, every second level is spread over all signal-to-noise ratios instead: a^2 =
 * sigmoid(u) with u uniform in -6..8.
 */
export function trainingLevels(crops: number, prediction: Prediction, uniform: ArrayLike<number>): number[] {
  return Array.from({ length: crops }, (_, crop) => {
    const [first, second] = [uniform[uniformsPerLevel * crop], uniform[uniformsPerLevel * crop + 1]]
    if (prediction !== 'noise' && crop % 2 === 1) return Math.sqrt(1 / (1 + Math.exp(6 - 14 * first)))
    const step = Math.floor(first * trainingSteps)
    return levelEdges[step] + second * (levelEdges[step + 1] - levelEdges[step])
  })
}

/** Moves each beta by up to 0.7 in logits, so that a model does not specialise in one schedule. */
export function jitterBetas(betas: readonly number[], uniform: ArrayLike<number>): number[] {
  return betas.map((beta, index) => {
    const logit = Math.log(beta / (1 - beta)) + maxShift * (2 * uniform[index] - 1)
    return 1 / (1 + Math.exp(-logit))
  })
}
