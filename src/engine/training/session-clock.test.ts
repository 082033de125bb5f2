import { expect, test } from 'vitest'
import { isValidated, SessionClock } from './session-clock.ts'

const plan = { steps: 10, evaluateEverySteps: 4, snapshotEverySteps: 5 }

test('the estimate covers the remaining steps and validations, including one after the last step', () => {
  const clock = new SessionClock(plan)
  for (const seconds of [9, 1, 1]) clock.addStep(seconds)
  clock.addValidation(3)
  expect(clock.secondsPerStep).toBe(1)
  expect(clock.remainingSecondsAfter(3)).toBe(7 + 4 * 3) // Validations follow after steps 4, 5 and 8 and at the end.
  expect(clock.remainingSecondsAfter(10)).toBe(0)
  const longer = new SessionClock({ ...plan, steps: 11 })
  longer.addStep(1)
  longer.addValidation(3)
  expect(longer.remainingSecondsAfter(10)).toBe(1 + 3)
})

test('the duration of a step is the median of the latest ones', () => {
  const clock = new SessionClock(plan)
  for (let step = 0; step < 100; step++) clock.addStep(step < 50 ? 1 : 2)
  expect(clock.secondsPerStep).toBe(2)
})

test('the model is validated when an evaluation or a snapshot is due', () => {
  const steps = Array.from({ length: 10 }, (_, index) => index + 1)
  expect(steps.filter((step) => isValidated(step, plan))).toEqual([4, 5, 8, 10])
})
