import { expect, test } from 'vitest'
import { foldProblems } from './folded-problems.ts'

const problems = (codes: string) =>
  [...codes].map((code, id) => ({ id, problem: { code, message: code, file: `${id}.txt` } }))
const idsOf = (codes: string) => {
  const { shown, folded } = foldProblems(problems(codes))
  return [shown.map(({ id }) => id), folded.map((alike) => alike.map(({ id }) => id))]
}

test('three problems of a kind are shown, and further ones are folded, whatever lies between them', () => {
  expect(idsOf('aabaacaa')).toEqual([[0, 1, 2, 3, 5], [[4, 6, 7]]])
  expect(idsOf('aaaaabbbbb')).toEqual([
    [0, 1, 2, 5, 6, 7],
    [
      [3, 4],
      [8, 9],
    ],
  ])
})

test('a single further problem is shown', () => {
  expect(idsOf('aaaab')).toEqual([[0, 1, 2, 3, 4], []])
})
