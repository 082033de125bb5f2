/**
 * Errors that a person can act on. Every rejected file, setting or device throws a `ProblemError`; any other error is a
 * defect. The plain `Problem` crosses worker boundaries, and the page displays it.
 */

export type Problem = {
  /** Stable and kebab-case, for tests and for branches in the page: `npy-truncated`, `device-lost`. */
  readonly code: string
  /** One sentence: what went wrong, naming the file or the setting. */
  readonly message: string
  /** The part of the input that is wrong, if that helps. */
  readonly found?: string
  /** The values that would have been accepted. */
  readonly accepted?: string
  /** The action to take now. */
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

/** Converts anything thrown: a `ProblemError` to its own problem, any other error to `unexpected` with its message. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem
  if (isAbort(thrown)) return { code: 'cancelled', message: 'Cancelled.' }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    code: 'unexpected',
    message: `Something went wrong inside the page: ${message}`,
    remedy: 'Nothing on the page is lost. Try again; if it happens again, reload the page.',
  }
}

/** The rejection of a call whose AbortSignal was aborted, whatever reason the signal was given. */
export function abortError(): DOMException {
  return new DOMException('Cancelled.', 'AbortError')
}

/** Whether `thrown` is the rejection of a call whose AbortSignal was aborted. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}
