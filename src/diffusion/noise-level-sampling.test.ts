import { expect, test } from 'vitest'
import { uniformNoise } from '../base/random.ts'
import { jitterBetas, trainingLevels } from './noise-level-sampling.ts'

test('each level is between those of two neighbouring steps of the 1,000', () => {
  // The edges of the first step are 1 and sqrt(1 - 1e-6); alpha-bar of the whole schedule is the product of 1 - beta.
  expect(trainingLevels(1, 'noise', [0, 0])[0]).toBe(1)
  expect(trainingLevels(1, 'noise', [0, 1])[0]).toBeCloseTo(Math.sqrt(1 - 1e-6), 12)
  let product = 1
  for (let step = 0; step < 1000; step++) product *= 1 - (1e-6 + (0.01 - 1e-6) * (step / 999))
  expect(trainingLevels(1, 'noise', [0.9999, 1])[0]).toBeCloseTo(Math.sqrt(product), 12)
})

test('for v every second level is spread over the signal-to-noise ratios', () => {
  const [first, second, third] = trainingLevels(3, 'v', [0, 0, 0.5, 0.9, 0, 0])
  expect([first, third]).toEqual([1, 1])
  expect(second ** 2).toBeCloseTo(1 / (1 + Math.exp(-1)), 12) // u = 14 / 2 - 6
  const many = trainingLevels(2000, 'v', uniformNoise(1, 0, 0, 4000))
  expect(many.every((level) => level > 0 && level <= 1)).toBe(true)
  expect(many.filter((level, crop) => crop % 2 === 1 && level < 0.1).length).toBeGreaterThan(50)
})

test('betas move by up to 0.7 in logits, each with its own draw', () => {
  const logit = (beta: number) => Math.log(beta / (1 - beta))
  const own = [0.0555, 0.897]
  expect(jitterBetas(own, [0.5, 0.5])[0]).toBeCloseTo(own[0], 12)
  const [low, high] = jitterBetas(own, [0, 1])
  expect(logit(low) - logit(own[0])).toBeCloseTo(-0.7, 10)
  expect(logit(high) - logit(own[1])).toBeCloseTo(0.7, 10)
})
