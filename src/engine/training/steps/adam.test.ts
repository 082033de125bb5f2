import { expect, test } from 'vitest'
import { averageDecayAt, clippingFactor, learningRateAt } from './adam.ts'

const settings = { learningRate: 1e-3, warmupSteps: 4, steps: 100 }

test('the learning rate rises linearly and falls as a cosine', () => {
  expect(learningRateAt(0, settings)).toBeCloseTo(2.5e-4, 8)
  expect(learningRateAt(3, settings)).toBeCloseTo(1e-3, 5)
  expect(learningRateAt(50, settings)).toBeCloseTo(5e-4, 10)
  expect(learningRateAt(100, settings)).toBeCloseTo(0, 12)
  expect(learningRateAt(200, settings)).toBeCloseTo(0, 12)
  expect(learningRateAt(0, { ...settings, warmupSteps: 0 })).toBe(1e-3)
})

test('only a gradient above the maximum norm is scaled', () => {
  expect(clippingFactor(0.5, 1)).toBe(1)
  expect(clippingFactor(4, 1)).toBeCloseTo(0.25, 6)
  expect(clippingFactor(0, 1)).toBe(1)
})

test('the average follows quickly at first', () => {
  expect(averageDecayAt(0, 0.999)).toBe(0.1)
  expect(averageDecayAt(90, 0.999)).toBeCloseTo(0.91, 10)
  expect(averageDecayAt(1e6, 0.999)).toBe(0.999)
})
