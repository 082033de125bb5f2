/** Measures how long a step and a validation take, and from that estimates the remaining time of a session. */
import { median } from './session-history.ts'
import type { TrainingSettings } from './training-engine.ts'

type Plan = Pick<TrainingSettings, 'steps' | 'evaluateEverySteps' | 'snapshotEverySteps'>

/** Number of latest steps whose median is the duration of a step. */
const timedSteps = 20

/** Returns whether the model is validated after `step` (1, 2, ...) under `plan`. */
export function isValidated(step: number, { evaluateEverySteps, snapshotEverySteps }: Plan): boolean {
  return step % evaluateEverySteps === 0 || step % snapshotEverySteps === 0
}

export class SessionClock {
  readonly #plan: Plan
  #stepSeconds: number[] = []
  #validationSeconds = 0

  constructor(plan: Plan) {
    this.#plan = plan
  }

  addStep(seconds: number): void {
    this.#stepSeconds = [...this.#stepSeconds, seconds].slice(-timedSteps)
  }

  addValidation(seconds: number): void {
    this.#validationSeconds = seconds
  }

  /** Median duration of the latest steps; there must be at least one. */
  get secondsPerStep(): number {
    return median(this.#stepSeconds)
  }

  /** Estimated duration of the remaining steps and validations, including the final one. */
  remainingSecondsAfter(step: number): number {
    const { steps } = this.#plan
    let validations = 0
    for (let next = step + 1; next <= steps; next++)
      if (next === steps || isValidated(next, this.#plan)) validations++
    return this.secondsPerStep * (steps - step) + this.#validationSeconds * validations
  }
}
