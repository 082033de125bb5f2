/**
 * Noise schedules as a person types them: beta_1 .. beta_N, each in (0, 1). The noise level after n steps is
 * sqrt(alpha-bar_n), alpha-bar_n the product of 1 - beta up to n (Ho et al. 2020, eq. 4): 1 is clean, 0 is pure noise.
 */
import type { Problem } from '../base/problem.ts'

export const mostSteps = 1000

/**
 * Above this final level the network is told that its pure-noise input is nearly clean, and the output hisses at
 * 8 to 11 kHz, where the mel cannot see it.
 */
export const highestGoodFinalLevel = 0.6

export type ParsedBetas =
  | { readonly betas: readonly number[]; readonly problem?: undefined }
  | { readonly betas?: undefined; readonly problem: Problem }

const accepted = `1 to ${mostSteps} numbers, each between 0 and 1 (exclusive), separated by commas or spaces`

function refuse(message: string, found: string): ParsedBetas {
  return {
    problem: {
      code: 'betas-invalid',
      message,
      found,
      accepted,
      remedy: 'Correct the list, for example: 0.05, 0.9',
    },
  }
}

/** Reads "0.05, 0.9" (commas, semicolons or white space between the numbers; square brackets are allowed around them). */
export function parseBetas(text: string): ParsedBetas {
  const words = text
    .trim()
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  if (words.length === 0) return refuse('The list of betas is empty.', 'nothing')
  if (words.length > mostSteps) return refuse('The list of betas is too long.', `${words.length} numbers`)
  const betas = words.map(Number)
  const wrong = betas.findIndex((beta) => !(beta > 0 && beta < 1))
  if (wrong >= 0) return refuse(`Beta ${wrong + 1} is not between 0 and 1.`, `“${words[wrong].slice(0, 40)}”`)
  return { betas }
}

export function formatBetas(betas: readonly number[]): string {
  return betas.join(', ')
}

/** sqrt(alpha-bar_n) for n = 0..N: N + 1 levels, from 1 (clean) downwards. */
export function noiseLevels(betas: readonly number[]): readonly number[] {
  const levels = [1]
  let alphaBar = 1
  for (const beta of betas) {
    alphaBar *= 1 - beta
    levels.push(Math.sqrt(alphaBar))
  }
  return levels
}

/** The level that the network is told at its first evaluation, where its input is pure noise. */
export function finalNoiseLevel(betas: readonly number[]): number {
  return noiseLevels(betas)[betas.length]
}
