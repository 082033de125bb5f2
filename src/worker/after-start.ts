import { ProblemError } from '../base/problem.ts'

/**
 * Returns the `part` of a worker that its first call creates. Throws `engine-not-started` if another call came first.
 */
export function afterStart<Part>(part: Part | undefined): Part {
  if (part !== undefined) return part
  throw new ProblemError({
    code: 'engine-not-started',
    message: 'The engine was called before it was started.',
  })
}
