/**
 * The loss of a step, with its gradient: WaveGrad's objective, optionally with the infer loss and a mel term. The
 * latter two compare the results of the reverse process from two independent noises, for each crop of the first half,
 * shaped by the prior without its corrections. (With the corrections, which leave the network little influence on the
 * mel, it learns less.)
 */
import * as tf from '@tensorflow/tfjs'
import { ProblemError } from '../../../base/problem.ts'
import { accumulate, type Differentiated } from '../../../diffusion/gradients.ts'
import { MultiResolutionStft } from '../../../diffusion/multi-resolution-stft.ts'
import { inferLoss, type TrainedNetwork, waveGradLoss } from '../../../diffusion/objectives.ts'
import { noiseSchedule } from '../../../diffusion/schedule.ts'
import type { MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import { sumOfSquares } from '../../../kernels/sum-of-squares.ts'
import { createArchitecture } from '../../../model/architectures.ts'
import type { ModelConfig } from '../../../model/config.ts'
import { SpectraOfMel } from '../../../model/prior/spectra-of-mel.ts'
import type { NamedGradient } from '../../../model/trained-parameters.ts'
import type { Architecture } from '../../../model/vocoder-network.ts'
import type { Weights } from '../../../model/weights.ts'
import { type LayerGroup, layerGroups, type TrainingSettings } from '../training-engine.ts'
import type { StepDraws } from './step-draws.ts'

/** One step's crops, in the model's convention. */
export type TrainingBatch = {
  readonly batch: number
  readonly frames: number
  /** The recording, [batch, frames * hop]. */
  readonly audio: Float32Array
  /** The signal of the process: the recording whitened by its mel, [batch, frames * hop]. */
  readonly whitened: Float32Array
  /** [batch, frames, bands]. */
  readonly mel: Float32Array
  /** The excitation, [batch, frames * hop], for networks that use one. */
  readonly pulses?: Float32Array
}

/** The weights of the loss's terms. */
type Weighting = Readonly<Record<'wavegrad' | 'stft' | 'mel', number>>
type Terms = Partial<Record<keyof Weighting, tf.Tensor>>

export class StepLoss {
  readonly #config: ModelConfig
  readonly #settings: TrainingSettings
  readonly #weighting: Weighting
  readonly #architecture: Architecture
  /** Compares the output with the recording; only for InferGrad's objective. */
  readonly #comparison: { readonly stft: MultiResolutionStft; readonly spectra: SpectraOfMel } | undefined

  /**
   * Holds tensors until `dispose`. Throws a `ProblemError`: `schedule-unknown` if the model has no schedule for the
   * requested number of steps, `nothing-to-train` if every layer is frozen or every term of the loss has weight 0.
   */
  constructor(config: ModelConfig, settings: TrainingSettings) {
    const { objective, wavegradWeight, inferWeight, melWeight } = settings
    this.#config = config
    this.#settings = settings
    this.#weighting =
      objective === 'wavegrad'
        ? { wavegrad: 1, stft: 0, mel: 0 }
        : { wavegrad: wavegradWeight, stft: inferWeight, mel: melWeight }
    checkSettings(config, settings, this.#weighting)
    if (this.#weighting.stft > 0 || this.#weighting.mel > 0)
      this.#comparison = { stft: new MultiResolutionStft(), spectra: new SpectraOfMel(config) }
    this.#architecture = createArchitecture(config)
  }

  differentiate(weights: Weights, batch: TrainingBatch, draws: StepDraws): StepGradients {
    const { mel: convention, prediction } = this.#config
    const { frozen } = this.#settings
    const terms: Terms = {}
    const [norm, gradients] = tf.tidy(() => {
      const own = this.#architecture.over(weights)
      const trained = own.trained((name) => !frozen.some((group) => isOf(group, name)))
      const networkOn = ({ batch: crops, frames, mel, pulses }: TrainingBatch): TrainedNetwork => ({
        prediction,
        parameters: trained.tensors,
        open: () => {
          const conditioned = own.condition(
            tf.tensor3d(mel, [crops, frames, convention.bands]),
            pulses && tf.tensor2d(pulses, [crops, pulses.length / crops]),
          )
          return (y, levels) => conditioned.predict(y, levels)
        },
      })
      const found = trained.pullBack(this.#gradients(networkOn, batch, draws, terms))
      return [sumOfSquares(found.map(({ gradient }) => gradient)).sqrt(), found] as const
    })
    return new StepGradients(this.#weighting, terms, norm, gradients)
  }

  dispose(): void {
    this.#architecture.dispose()
    this.#comparison?.stft.dispose()
    this.#comparison?.spectra.dispose()
  }

  /** Gradients in the network's parameters; writes the terms, kept from the tidy, to `terms`. */
  #gradients(networkOn: NetworkOn, batch: TrainingBatch, draws: StepDraws, terms: Terms): tf.Tensor[] {
    const parts: Differentiated[] = []
    if (this.#weighting.wavegrad > 0) {
      const part = this.#waveGrad(networkOn(batch), batch, draws)
      terms.wavegrad = tf.keep(part.value)
      parts.push(part)
    }
    if (this.#comparison) {
      const pairs = inPairs(batch)
      parts.push(this.#infer(networkOn(pairs), pairs, draws, terms))
    }
    return parts.map(({ gradients }) => gradients).reduce(accumulate)
  }

  #waveGrad(network: TrainedNetwork, { batch, whitened }: TrainingBatch, draws: StepDraws): Differentiated {
    const shape: [number, number] = [batch, whitened.length / batch]
    const noise = tf.tensor2d(draws.noise(whitened.length), shape)
    const levels = draws.levels(batch)
    return waveGradLoss(network, tf.tensor2d(whitened, shape), noise, levels, this.#weighting.wavegrad)
  }

  #infer(network: TrainedNetwork, pairs: TrainingBatch, draws: StepDraws, terms: Terms): Differentiated {
    const { processSteps, schedule } = this.#settings
    const own = this.#config.schedules[draws.processSteps(processSteps)].betas
    const samples = pairs.audio.length / pairs.batch
    const shape: [number, number] = [pairs.batch, samples]
    const noise = (n: number | 'start') => tf.tensor2d(draws.processNoise(n, pairs.audio.length), shape)
    const recordings = tf.tensor3d(pairs.audio, [pairs.batch / 2, 2, samples])
    const recording = recordings.slice([0, 0, 0], [-1, 1, -1]).reshape<tf.Tensor2D>([-1, samples])
    const mels = melsOf(pairs, this.#config.mel.bands)
    return inferLoss(network, {
      schedule: noiseSchedule(schedule === 'own' ? own : draws.betas(own)),
      start: noise('start'),
      freshNoise: noise,
      lossOf: (y) => this.#comparisonOf(y, recording, mels, terms),
    })
  }

  /** The weighted terms of y_0 [2 * crops, samples] relative to the recording, [crops, samples]. */
  #comparisonOf(
    y: tf.Tensor2D,
    recording: tf.Tensor2D,
    mels: readonly MelSpectrogram[],
    terms: Terms,
  ): tf.Tensor {
    if (!this.#comparison) throw new Error('This objective has no comparison')
    const { stft, spectra } = this.#comparison
    const made = spectra.shape(y, mels)
    const weighted: tf.Tensor[] = []
    if (this.#weighting.stft > 0) {
      terms.stft = tf.keep(stft.energy(made, recording))
      weighted.push(terms.stft.mul(this.#weighting.stft))
    }
    if (this.#weighting.mel > 0) {
      const asked = tf.stack(mels.map(({ values, frames, bands }) => tf.tensor2d(values, [frames, bands])))
      terms.mel = tf.keep(spectra.logMel(made).sub(asked).abs().mean())
      weighted.push(terms.mel.mul(this.#weighting.mel))
    }
    return sumOf(weighted)
  }
}

type NetworkOn = (batch: TrainingBatch) => TrainedNetwork

/** The first half of the crops, each twice in a row, which is as much work as all of them once. */
export function inPairs(batch: TrainingBatch): TrainingBatch {
  const crops = Math.ceil(batch.batch / 2)
  const twice = (values: Float32Array) => {
    const length = values.length / batch.batch
    const repeated = new Float32Array(2 * crops * length)
    for (let row = 0; row < 2 * crops; row++) {
      const crop = Math.floor(row / 2)
      repeated.set(values.subarray(crop * length, (crop + 1) * length), row * length)
    }
    return repeated
  }
  const { audio, whitened, mel, pulses } = batch
  return {
    batch: 2 * crops,
    frames: batch.frames,
    audio: twice(audio),
    whitened: twice(whitened),
    mel: twice(mel),
    ...(pulses && { pulses: twice(pulses) }),
  }
}

/** The result of a step: gradients, and figures that are still on the device. Holds tensors until `dispose`. */
export class StepGradients {
  readonly #weighting: Weighting
  readonly #terms: Terms
  readonly #norm: tf.Tensor
  /** Gradients of the trained weights. */
  readonly named: readonly NamedGradient[]

  constructor(weighting: Weighting, terms: Terms, norm: tf.Tensor, named: readonly NamedGradient[]) {
    this.#weighting = weighting
    this.#terms = terms
    this.#norm = norm
    this.named = named
  }

  /** Rejects with a `ProblemError` (`training-diverged`) if any is not finite. */
  async figures(): Promise<{ loss: number; terms: Record<string, number>; gradientNorm: number }> {
    const [gradientNorm] = await this.#norm.data()
    const terms: Record<string, number> = {}
    let loss = 0
    for (const name of ['wavegrad', 'stft', 'mel'] as const) {
      const term = this.#terms[name]
      if (!term) continue
      ;[terms[name]] = await term.data()
      loss += this.#weighting[name] * terms[name]
    }
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm))
      throw new ProblemError({
        code: 'training-diverged',
        message: 'The loss or its gradient is no longer a finite number.',
        found: `loss ${loss}, norm of the gradient ${gradientNorm}`,
        remedy: 'Lower the learning rate, or the maximum gradient norm, and train again.',
      })
    return { loss, terms, gradientNorm }
  }

  dispose(): void {
    tf.dispose([this.#norm, { ...this.#terms }])
    for (const { gradient } of this.named) gradient.dispose()
  }
}

function sumOf(scalars: readonly tf.Tensor[]): tf.Tensor {
  return scalars.reduce((sum, scalar) => sum.add(scalar))
}

function isOf(group: LayerGroup, name: string): boolean {
  return name.startsWith(`${group}.`) || name.startsWith(`${group}_`)
}

function melsOf({ batch, frames, mel }: TrainingBatch, bands: number): MelSpectrogram[] {
  return Array.from({ length: batch }, (_, item) => ({
    frames,
    bands,
    values: mel.slice(item * frames * bands, (item + 1) * frames * bands),
  }))
}

function checkSettings(config: ModelConfig, settings: TrainingSettings, weighting: Weighting): void {
  const { frozen, processSteps } = settings
  const nothing = Object.values(weighting).every((weight) => !(weight > 0))
  if (nothing || layerGroups[config.architecture].every((group) => frozen.includes(group)))
    throw new ProblemError({
      code: 'nothing-to-train',
      message: nothing
        ? 'Every term of the loss has weight 0, so there is nothing to train.'
        : 'Every layer is frozen, so there is nothing to train.',
      remedy: nothing ? 'Set at least one of the weights above 0.' : 'Leave at least one layer trainable.',
    })
  if (!(weighting.stft > 0 || weighting.mel > 0)) return
  const unknown = processSteps.find((steps) => !config.schedules[steps])
  if (unknown !== undefined || processSteps.length === 0)
    throw new ProblemError({
      code: 'schedule-unknown',
      message: `The model ${config.id} has no schedule for the number of steps to train.`,
      found: unknown === undefined ? 'no number of steps' : `${unknown} steps`,
      accepted: `${Object.keys(config.schedules).join(', ')} steps`,
      remedy: 'Choose a number of steps for which the model has a schedule.',
    })
}
