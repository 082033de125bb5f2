/** The answer to a trial as the session records it. */
import type { Answer } from '../../listening/test-session.ts'
import type { GivenAnswer, RunningTest } from './test-state.ts'

/** @param seconds time since the trial was shown. */
export function answerOf(
  given: GivenAnswer,
  { trial, ratings }: Pick<RunningTest, 'trial' | 'ratings'>,
  seconds: number,
): Answer {
  const toMilliseconds = Math.round(1000 * seconds) / 1000
  switch (given.kind) {
    case 'abx':
    case 'preference':
      return { trial, choice: given.choice, seconds: toMilliseconds }
    case 'cmos':
      return { trial, comparison: given.comparison, seconds: toMilliseconds }
    case 'mushra':
      return { trial, ratings: ratings.map((rating = 0) => rating), seconds: toMilliseconds }
    default:
      return given satisfies never
  }
}
