import { expect, test } from 'vitest'
import { ProblemError } from '../base/problem.ts'
import { finalLevelWarning, noiseSchedule, publishedSchedules } from './schedule.ts'

test('the remaining signal is a cumulative product', () => {
  const schedule = noiseSchedule([0.1, 0.5])
  expect(schedule.alphas).toEqual([0.9, 0.5])
  expect(schedule.alphaBars).toEqual([0.9, 0.45])
  expect(schedule.levels[1]).toBeCloseTo(0.670820393, 8)
})

test.each([
  ['no betas', []],
  ['too many', Array.from({ length: 1001 }, () => 0.01)],
  ['zero', [0.1, 0]],
  ['one', [1]],
  ['a negative one', [-0.1]],
  ['NaN', [Number.NaN]],
  ['so small that 1 - beta is 1', [1e-300]],
  ['so many large ones that no signal is left', Array.from({ length: 1000 }, () => 0.999)],
])('refuses %s', (_, betas) => {
  expect(() => noiseSchedule(betas)).toThrow(ProblemError)
})

test('takes a thousand steps, and one', () => {
  for (const steps of [1, 1000])
    expect(noiseSchedule(Array.from({ length: steps }, () => 0.001)).levels).toHaveLength(steps)
})

test('names the beta that is wrong', () => {
  expect(() => noiseSchedule([0.1, 2])).toThrow(/Beta 2/)
})

test('warns of a schedule that ends nearly clean, and of no other', () => {
  expect(finalLevelWarning(noiseSchedule([0.0016, 0.0191, 0.05]))).toMatch(/0\.96/)
  expect(finalLevelWarning(noiseSchedule([0.0555, 0.897]))).toBeUndefined()
  // A single step's level is sqrt(1 - beta).
  expect(finalLevelWarning(noiseSchedule([1 - 0.61 ** 2]))).toMatch(
    /noise level of 0\.61: .* at most 0\.6\.$/,
  )
  expect(finalLevelWarning(noiseSchedule([1 - 0.59 ** 2]))).toBeUndefined()
})

test('published schedules are valid', () => {
  for (const { name, betas } of publishedSchedules)
    expect(noiseSchedule(betas).betas, name).toHaveLength(Number(name.match(/\d/)?.[0]))
})
