/** The history of a session: stored in its checkpoints, reported when it resumes, and checked for a diverging loss. */
import type { StepFigures } from './steps/learner.ts'
import type { HeldOutFigures, TrainingHistory } from './training-engine.ts'

/** The loss has exploded if it exceeds `factor` times the median of its first `early` values for `steps` steps. */
const explosion = { factor: 4, steps: 10, early: 20 }
const digits = 6

export class SessionHistory {
  readonly #steps: number[]
  readonly #columns: Map<string, number[]>
  readonly #evaluations: { readonly step: number; readonly figures: HeldOutFigures }[]

  constructor(before: TrainingHistory = { steps: [], values: {}, evaluations: [] }) {
    this.#steps = [...before.steps]
    this.#columns = new Map(Object.entries(before.values).map(([name, column]) => [name, [...column]]))
    this.#evaluations = [...before.evaluations]
  }

  addStep(step: number, { loss, terms }: Pick<StepFigures, 'loss' | 'terms'>): void {
    const values = new Map(Object.entries({ ...terms, loss }))
    for (const name of values.keys())
      if (!this.#columns.has(name)) this.#columns.set(name, Array(this.#steps.length).fill(Number.NaN))
    for (const [name, column] of this.#columns)
      column.push(Number((values.get(name) ?? Number.NaN).toPrecision(digits)))
    this.#steps.push(step)
  }

  addEvaluation(step: number, figures: HeldOutFigures): void {
    this.#evaluations.push({ step, figures })
  }

  evaluationAt(step: number): HeldOutFigures | undefined {
    return this.#evaluations.find((evaluation) => evaluation.step === step)?.figures
  }

  /** Whether the loss has been far above its initial level for so long that it will not recover. */
  get exploded(): boolean {
    const losses = this.#columns.get('loss') ?? []
    if (losses.length < explosion.early / 2 + explosion.steps) return false
    const early = median(losses.slice(0, Math.min(explosion.early, losses.length - explosion.steps)))
    return losses.slice(-explosion.steps).every((loss) => loss > explosion.factor * early)
  }

  /** A copy of the history. */
  get record(): TrainingHistory {
    return {
      steps: [...this.#steps],
      values: Object.fromEntries([...this.#columns].map(([name, column]) => [name, [...column]])),
      evaluations: [...this.#evaluations],
    }
  }
}

/** Median of `values`, of which there must be at least one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
}
