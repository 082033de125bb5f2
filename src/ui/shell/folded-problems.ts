/** Folds problems of the same kind, so that a folder of unreadable files does not cover the page with messages. */
import type { ShownProblem } from '../../store/problems-state.ts'

/** Problems of one kind that are shown in full. */
const maxAlike = 3

export type FoldedProblems = {
  readonly shown: readonly ShownProblem[]
  /** The further problems of each kind, by code. */
  readonly folded: readonly (readonly ShownProblem[])[]
}

/** Keeps the order. One problem more than are shown in full is not worth folding. */
export function foldProblems(problems: readonly ShownProblem[]): FoldedProblems {
  const codes = [...new Set(problems.map(({ problem }) => problem.code))]
  const folded = codes
    .map((code) => problems.filter(({ problem }) => problem.code === code))
    .filter(({ length }) => length > maxAlike + 1)
    .map((alike) => alike.slice(maxAlike))
  const hidden = new Set(folded.flat())
  return { shown: problems.filter((one) => !hidden.has(one)), folded }
}
