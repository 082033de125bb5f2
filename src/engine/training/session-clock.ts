/** How long a step and a rehearsal take, and with it how long the rest of a session will. */
import { median } from './session-history.ts'
import type { TrainingSettings } from './training-engine.ts'

type Plan = Pick<TrainingSettings, 'steps' | 'evaluateEverySteps' | 'snapshotEverySteps'>

/** Steps whose median says how long one takes. */
const timedSteps = 20

/** Whether the model is listened to after `step`, 1.., of those that `plan` has. */
export function isRehearsed(step: number, { evaluateEverySteps, snapshotEverySteps }: Plan): boolean {
  return step % evaluateEverySteps === 0 || step % snapshotEverySteps === 0
}

export class SessionClock {
  readonly #plan: Plan
  #stepSeconds: number[] = []
  #rehearsalSeconds = 0

  constructor(plan: Plan) {
    this.#plan = plan
  }

  addStep(seconds: number): void {
    this.#stepSeconds = [...this.#stepSeconds, seconds].slice(-timedSteps)
  }

  addRehearsal(seconds: number): void {
    this.#rehearsalSeconds = seconds
  }

  /** Median of the latest, of which there must be one. */
  get secondsPerStep(): number {
    return median(this.#stepSeconds)
  }

  /** Of steps and rehearsals, the one at the end included. */
  remainingSecondsAfter(step: number): number {
    const { steps } = this.#plan
    let rehearsals = 0
    for (let next = step + 1; next <= steps; next++)
      if (next === steps || isRehearsed(next, this.#plan)) rehearsals++
    return this.secondsPerStep * (steps - step) + this.#rehearsalSeconds * rehearsals
  }
}
