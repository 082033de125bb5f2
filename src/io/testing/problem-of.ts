/** The problems with which readers under test refuse their files. */
import { type Problem, ProblemError } from '../../base/problem.ts'

/** The problem that `act` throws; fails the test if it throws nothing or anything but a `ProblemError`. */
export function problemOf(act: () => unknown): Problem {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof ProblemError) return thrown.problem
    throw thrown
  }
  throw new Error('Nothing was refused.')
}

/** The problem that `promise` rejects with; fails the test if it resolves, or rejects with any other error. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Problem> {
  const [settled] = await Promise.allSettled([promise])
  return problemOf(() => {
    if (settled.status === 'rejected') throw settled.reason
  })
}
