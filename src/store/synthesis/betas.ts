/** Noise schedules as the user types them. */
import { type Problem, ProblemError } from '../../base/problem.ts'
import { maxSteps, type NoiseSchedule, noiseSchedule } from '../../diffusion/schedule.ts'

export type ParsedBetas =
  | { readonly schedule: NoiseSchedule; readonly problem?: undefined }
  | { readonly schedule?: undefined; readonly problem: Problem }

function refuse(message: string, found: string): ParsedBetas {
  return {
    problem: {
      code: 'betas-invalid',
      message,
      found,
      accepted: `1 to ${maxSteps} numbers, each between 0 and 1 (exclusive), separated by commas or spaces`,
      remedy: 'Correct the list, for example: 0.05, 0.9',
    },
  }
}

/** Parses text such as "0.05, 0.9", separated by commas, semicolons or white space, optionally in square brackets. */
export function parseBetas(text: string): ParsedBetas {
  const words = text
    .trim()
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  if (words.length === 0) return refuse('The list of betas is empty.', 'nothing')
  if (words.length > maxSteps) return refuse('The list of betas is too long.', `${words.length} numbers`)
  const betas = words.map(Number)
  const wrong = betas.findIndex((beta) => !(beta > 0 && beta < 1))
  if (wrong >= 0) return refuse(`Beta ${wrong + 1} is not between 0 and 1.`, `“${words[wrong].slice(0, 40)}”`)
  try {
    return { schedule: noiseSchedule(betas) }
  } catch (thrown) {
    if (thrown instanceof ProblemError) return { problem: thrown.problem }
    throw thrown
  }
}

export function formatBetas(betas: readonly number[]): string {
  return betas.join(', ')
}
