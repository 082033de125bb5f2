import { expect, test } from 'vitest'
import { parseBetas } from './betas.ts'

test('betas are read with commas, spaces, new lines or brackets', () => {
  for (const text of ['0.0555, 0.897', '5.55e-2 .897', '[0.0555,\n0.897]', ' 0.0555;0.897; ']) {
    expect(parseBetas(text).schedule?.betas).toEqual([0.0555, 0.897])
  }
})

test.each([
  ['', 'empty'],
  ['0.1, 1', 'Beta 2'],
  ['0', 'Beta 1'],
  ['0.1, x', 'Beta 2'],
  ['NaN', 'Beta 1'],
  ['0.5 '.repeat(1001), 'too long'],
  ['1e-17', 'too close'],
])('%j is refused and the reason says where', (text, reason) => {
  const { schedule, problem } = parseBetas(text)
  expect(schedule).toBeUndefined()
  expect(problem?.message).toContain(reason)
})
