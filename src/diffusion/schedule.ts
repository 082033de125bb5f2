/**
 * Noise schedules: beta_1 .. beta_N and the values derived from them (Ho et al. 2020, section 2; WaveGrad, section 2).
 * Step n of the process is at index n - 1 of every array.
 */
import { ProblemError } from '../base/problem.ts'

export type NoiseSchedule = {
  readonly betas: readonly number[]
  /** 1 - beta_n. */
  readonly alphas: readonly number[]
  /** Product of alpha_1 .. alpha_n. */
  readonly alphaBars: readonly number[]
  /** sqrt(alpha-bar_n): the scale of the remaining signal, and the network's noise-level input. */
  readonly levels: readonly number[]
}

export const maxSteps = 1000

/** Above this final level the network takes its pure-noise input for nearly clean, and hisses at 8 to 11 kHz. */
export const maxGoodFinalLevel = 0.6

/**
 * Computes the schedule of 1 to 1,000 betas in the order of n, each in (0, 1). Throws a `ProblemError`
 * (`schedule-invalid`) for any others, and for betas that leave no signal in float64.
 */
export function noiseSchedule(betas: readonly number[]): NoiseSchedule {
  if (betas.length === 0 || betas.length > maxSteps)
    throw invalid('A schedule has between 1 and 1,000 steps.', `${betas.length} betas`)
  const wrong = betas.findIndex((beta) => !(beta > 0 && beta < 1))
  if (wrong >= 0) throw invalid(`Beta ${wrong + 1} is not between 0 and 1.`, String(betas[wrong]))
  const alphas = betas.map((beta) => 1 - beta)
  let product = 1
  const alphaBars = alphas.map((alpha) => {
    product *= alpha
    return product
  })
  if (!(product > 0) || alphas.includes(1))
    throw invalid('The betas are too close to 0 or to 1 for the computation.', betas.join(', '))
  return { betas: [...betas], alphas, alphaBars, levels: alphaBars.map(Math.sqrt) }
}

/** A sentence for the page if the final level is so high that the output will hiss; undefined otherwise. */
export function finalLevelWarning({ levels }: NoiseSchedule): string | undefined {
  const final = levels[levels.length - 1]
  if (final <= maxGoodFinalLevel) return undefined
  return (
    `The schedule ends at a noise level of ${final.toFixed(2)}: the model is told that pure noise is nearly clean, ` +
    `and hisses. Raise the last beta until the level is at most ${maxGoodFinalLevel}.`
  )
}

/** Published few-step schedules of other vocoders, as starting points for models of this kind. */
export const publishedSchedules: readonly { readonly name: string; readonly betas: readonly number[] }[] = [
  { name: 'FastDiff, 3 steps', betas: [9e-5, 9e-3, 0.6] },
  { name: 'FastDiff, 4 steps', betas: [3.2e-4, 2.6e-3, 2.5e-2, 0.7] },
  { name: 'FastDiff, 6 steps', betas: [1.8e-6, 2.8e-5, 4.3e-4, 6.6e-3, 9.4e-2, 0.6] },
  { name: 'PriorGrad, 6 steps', betas: [1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5] },
]

function invalid(message: string, found: string): ProblemError {
  return new ProblemError({
    code: 'schedule-invalid',
    message,
    found,
    accepted: 'beta_1 .. beta_N, each between 0 and 1 (exclusive)',
    remedy: 'Correct the list of betas, or choose 2, 3 or 6 steps.',
  })
}
