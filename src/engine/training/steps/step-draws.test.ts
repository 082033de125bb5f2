import { expect, test } from 'vitest'
import { drawStep } from './step-draws.ts'

test('a step always draws the same numbers, and another step others', () => {
  const all = (step: number, seed = 7) => {
    const draws = drawStep(seed, step, 'v')
    return [
      draws.levels(4),
      [...draws.noise(16)],
      draws.betas([0.1, 0.5]),
      [...draws.processNoise('start', 16)],
      [...draws.processNoise(2, 16)],
      [...draws.processNoise(3, 16)],
    ]
  }
  expect(all(5)).toEqual(all(5))
  const drawn = [...all(5), ...all(6), ...all(5, 8)].map(String)
  expect(new Set(drawn).size).toBe(drawn.length)
})

test('every number of steps occurs', () => {
  const counts = [0, 0, 0]
  for (let step = 0; step < 300; step++)
    counts[[1, 2, 6].indexOf(drawStep(1, step, 'v').processSteps([1, 2, 6]))]++
  for (const count of counts) expect(count).toBeGreaterThan(70)
})
