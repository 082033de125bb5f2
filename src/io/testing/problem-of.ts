/**
 * The problem that a reader under test throws; fails the test if it throws nothing or anything but a `ProblemError`.
 */
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
