import { expect, test } from 'vitest'
import { isValidated, SessionClock } from './session-clock.ts'

const plan = { steps: 10, evaluateEverySteps: 4, snapshotEverySteps: 5 }

test('the rest is the steps that are left and every time that the model will be listened to', () => {
  const clock = new SessionClock(plan)
  for (const seconds of [9, 1, 1]) clock.addStep(seconds)
  clock.addValidation(3)
  expect(clock.secondsPerStep).toBe(1)
  expect(clock.remainingSecondsAfter(3)).toBe(7 + 4 * 3) // Validations follow after steps 4, 5 and 8 and at the end.
  expect(clock.remainingSecondsAfter(10)).toBe(0)
})

test('a step is as long as the latest were', () => {
  const clock = new SessionClock(plan)
  for (let step = 0; step < 100; step++) clock.addStep(step < 50 ? 1 : 2)
  expect(clock.secondsPerStep).toBe(2)
})

test('the model is listened to when it is measured or kept to be heard', () => {
  const steps = Array.from({ length: 10 }, (_, index) => index + 1)
  expect(steps.filter((step) => isValidated(step, plan))).toEqual([4, 5, 8, 10])
})
