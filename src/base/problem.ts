/**
 * Errors that a person can act on. Every refusal of a file, a setting or a device is a `ProblemError`; anything else that
 * is thrown is a defect. The plain `Problem` crosses worker boundaries and is what the page shows.
 */

export type Problem = {
  /** Stable and kebab-case, for tests and for the page to branch on: `npy-truncated`, `device-lost`. */
  readonly code: string
  /** One sentence: what went wrong, naming the file or the setting. */
  readonly message: string
  /** What was found in the input, where that helps. */
  readonly found?: string
  /** What would have been accepted. */
  readonly accepted?: string
  /** What to do now. */
  readonly remedy?: string
  /** The file that the problem is about. */
  readonly file?: string
}

export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** The plain form of anything thrown: a `ProblemError`'s own problem, or an `unexpected` one around a defect's message. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem
  if (isAbort(thrown)) return { code: 'cancelled', message: 'Cancelled.' }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    code: 'unexpected',
    message: `Something went wrong inside the page: ${message}`,
    remedy: 'What is on the page is still here. Try again; if it happens again, reload the page.',
  }
}

/** What a call rejects with when its AbortSignal was aborted, whatever reason the signal was given. */
export function abortError(): DOMException {
  return new DOMException('Cancelled.', 'AbortError')
}

/** Whether `thrown` is the rejection of a call whose AbortSignal was aborted. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}
