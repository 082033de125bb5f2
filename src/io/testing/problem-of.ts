/** What a reader under test refused with; fails the test where it did not refuse, or threw anything but a `ProblemError`. */
import { type Problem, ProblemError } from '../../base/problem.ts'

export function problemOf(act: () => unknown): Problem {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof ProblemError) return thrown.problem
    throw thrown
  }
  throw new Error('Nothing was refused.')
}
