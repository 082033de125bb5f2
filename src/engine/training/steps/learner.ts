/**
 * A model in training: weights, their average, Adam's moments, and the step that updates them. Random draws, clipping,
 * averaging and the learning-rate schedule follow pretrain/trainer.py.
 */
import * as tf from '@tensorflow/tfjs'
import type { SafeTensor } from '../../../io/safetensors/safetensors.ts'
import type { AdamState } from '../../../kernels/adam.ts'
import type { ModelConfig } from '../../../model/config.ts'
import type { NamedGradient } from '../../../model/trained-parameters.ts'
import { Vocoder } from '../../../model/vocoder.ts'
import {
  disposeWeights,
  downloadWeights,
  uploadWeights,
  type Weights,
  weightOf,
} from '../../../model/weights.ts'
import type { TrainingSettings } from '../training-engine.ts'
import { type AdamStep, adamStep, averageDecayAt, clippingFactor, learningRateAt } from './adam.ts'
import { drawStep, type StepDraws } from './step-draws.ts'
import { StepLoss, type TrainingBatch } from './step-loss.ts'

export type { TrainingBatch } from './step-loss.ts'

export type StepFigures = {
  readonly loss: number
  /** Unweighted terms of the loss, as the settings require: `wavegrad`, `stft`, `mel`. */
  readonly terms: Readonly<Record<string, number>>
  /** Before clipping. */
  readonly gradientNorm: number
  readonly learningRate: number
}

export type LearnerState = {
  /** Number of completed steps. */
  readonly step: number
  /** Keys are `model.`, `ema.`, `adam_m.` or `adam_v.` and the weight's Python name; PyTorch's layouts. */
  readonly tensors: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly values: Float32Array<ArrayBuffer> }
  >
}

/** Random draws per step; tests supply their own. */
export type Draws = (step: number) => StepDraws

/** Prefixes of the four parts in a state. */
const prefixes = {
  weight: 'model',
  average: 'ema',
  mean: 'adam_m',
  square: 'adam_v',
} as const satisfies Record<keyof AdamState<tf.Tensor>, string>
const parts = ['weight', 'average', 'mean', 'square'] as const

export class Learner {
  readonly #config: ModelConfig
  readonly #settings: TrainingSettings
  readonly #draws: Draws
  readonly #loss: StepLoss
  /** The keys are the names of the weights. */
  #trained: ReadonlyMap<string, AdamState<tf.Tensor>>
  #step = 0

  private constructor(
    config: ModelConfig,
    settings: TrainingSettings,
    draws: Draws,
    loss: StepLoss,
    weights: Weights,
  ) {
    this.#config = config
    this.#settings = settings
    this.#draws = draws
    this.#loss = loss
    this.#trained = new Map(Array.from(weights, ([name, weight]) => [name, untrained(weight)]))
  }

  /**
   * Creates a learner from the tensors of a model's safetensors file. Holds tensors until `dispose`: four times the
   * weights, and those of the losses. Throws a `ProblemError`: `weights-mismatch`, or the problems of `StepLoss`.
   */
  static create(
    config: ModelConfig,
    tensors: ReadonlyMap<string, SafeTensor>,
    settings: TrainingSettings,
    draws: Draws = (step) => drawStep(settings.seed, step, config.prediction),
  ): Learner {
    const loss = new StepLoss(config, settings)
    try {
      return new Learner(config, settings, draws, loss, uploadWeights(config, tensors))
    } catch (thrown) {
      loss.dispose()
      throw thrown
    }
  }

  /** Number of completed steps. */
  get step(): number {
    return this.#step
  }

  /**
   * Performs one step. Rejects with a `ProblemError` (`training-diverged`) if loss or gradient are not finite; then
   * nothing has changed.
   */
  async trainStep(batch: TrainingBatch): Promise<StepFigures> {
    const step = this.#step
    const learningRate = learningRateAt(step, this.#settings)
    const found = this.#loss.differentiate(this.#weights('weight'), batch, this.#draws(step))
    try {
      const figures = { ...(await found.figures()), learningRate }
      this.#update(found.named, {
        step,
        learningRate,
        factor: clippingFactor(figures.gradientNorm, this.#settings.maxGradientNorm),
        averageDecay: averageDecayAt(step, this.#settings.emaDecay),
      })
      this.#step = step + 1
      return figures
    } finally {
      found.dispose()
    }
  }

  /** Returns the model with a copy of the averaged weights; the caller disposes it. */
  emaModel(): Vocoder {
    const copies = Array.from(this.#weights('average'), ([name, average]) => [name, average.clone()] as const)
    return Vocoder.of(this.#config, new Map(copies))
  }

  /** Copies everything needed to resume from the device. */
  async state(): Promise<LearnerState> {
    const step = this.#step
    const tensors = new Map<string, SafeTensor>()
    for (const part of parts)
      for (const [name, tensor] of await downloadWeights(this.#weights(part)))
        tensors.set(`${prefixes[part]}.${name}`, tensor)
    return { step, tensors }
  }

  /** Resumes from a state. Throws `weights-mismatch` if it belongs to another model; then nothing has changed. */
  restore({ step, tensors }: LearnerState): void {
    const uploaded: Weights[] = []
    try {
      for (const part of parts)
        uploaded.push(uploadWeights(this.#config, withoutPrefix(tensors, `${prefixes[part]}.`)))
    } catch (thrown) {
      for (const weights of uploaded) disposeWeights(weights)
      throw thrown
    }
    const [weights, averages, means, squares] = uploaded
    const restored = Array.from(weights, ([name, weight]): [string, AdamState<tf.Tensor>] => {
      const [average, mean, square] = [averages, means, squares].map((map) => weightOf(map, name))
      return [name, { weight, average, mean, square }]
    })
    this.#disposeTrained()
    this.#trained = new Map(restored)
    this.#step = step
  }

  dispose(): void {
    this.#disposeTrained()
    this.#loss.dispose()
  }

  #weights(part: keyof AdamState<tf.Tensor>): Weights {
    return new Map(Array.from(this.#trained, ([name, state]) => [name, state[part]]))
  }

  #update(gradients: readonly NamedGradient[], step: AdamStep): void {
    const trained = new Map(this.#trained)
    for (const { name, gradient } of gradients) {
      const before = this.#trained.get(name)
      if (!before) throw new Error(`There is no weight ${name}`)
      trained.set(name, adamStep(before, gradient, step))
      tf.dispose({ ...before })
    }
    this.#trained = trained
  }

  #disposeTrained(): void {
    for (const state of this.#trained.values()) tf.dispose({ ...state })
  }
}

function untrained<T extends tf.Tensor>(weight: T): AdamState<T> {
  return { weight, average: weight.clone(), mean: tf.zerosLike(weight), square: tf.zerosLike(weight) }
}

/** Selects the tensors whose names begin with `prefix`, and removes the prefix. */
function withoutPrefix(tensors: LearnerState['tensors'], prefix: string): Map<string, SafeTensor> {
  return new Map(
    Array.from(tensors).flatMap(([name, tensor]): [string, SafeTensor][] =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), { dtype: 'F32', ...tensor }]] : [],
    ),
  )
}
