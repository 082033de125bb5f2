/** The best model of a session so far: the base model until the first fine-tuned one is validated. */
import type { Checkpoint, NamedTensors } from './checkpoints/checkpoint-file.ts'
import type { HeldOutFigures } from './training-engine.ts'

type Best = Pick<Checkpoint, 'best' | 'bestWeights'>

export class BestModel {
  #best: Best | undefined

  /** @param checkpoint the one to resume from. */
  constructor(checkpoint?: Checkpoint) {
    if (checkpoint) this.#best = { best: checkpoint.best, bestWeights: checkpoint.bestWeights }
  }

  /** Undefined until a model was validated; the base model has step 0 and no weights. */
  get current(): Best | undefined {
    return this.#best
  }

  /** Records the figures of the base model. */
  startFrom(figures: HeldOutFigures): void {
    this.#best = { best: { step: 0, figures } }
  }

  /**
   * Keeps a fine-tuned model if it is the best, and returns whether it is. The first one always replaces the base model:
   * the user gets the fine-tuned weights, and is told if the base model was better.
   */
  offer(step: number, figures: HeldOutFigures, weights: NamedTensors): boolean {
    const best = this.#best
    if (best?.bestWeights && !(figures.stftError < best.best.figures.stftError)) return false
    this.#best = { best: { step, figures }, bestWeights: weights }
    return true
  }
}
