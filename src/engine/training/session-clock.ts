/** How long a step and a rehearsal take, and with it how long the rest of a session will. */
import { median } from './session-history.ts'
import type { TrainingSettings } from './training-engine.ts'

type Plan = Pick<TrainingSettings, 'steps' | 'evaluateEverySteps' | 'snapshotEverySteps'>

/** Steps whose median says how long one takes. */
const timedSteps = 20

/** Whether the model is listened to after `step`, 1.., of those that `plan` has. */
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

  /** Median of the latest, of which there must be one. */
  get secondsPerStep(): number {
    return median(this.#stepSeconds)
  }

  /** Of steps and validations, the one at the end included. */
  remainingSecondsAfter(step: number): number {
    const { steps } = this.#plan
    let validations = 0
    for (let next = step + 1; next <= steps; next++)
      if (next === steps || isValidated(next, this.#plan)) validations++
    return this.secondsPerStep * (steps - step) + this.#validationSeconds * validations
  }
}
