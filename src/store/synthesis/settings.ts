/** The settings of a run, all but its input, as plain values: the same settings and source give the same takes. */
import { type CorrectionChoice, noCorrections, resolveCorrections } from '../../base/mel-corrections.ts'
import type { BackendName, ModelSummary } from '../../engine/vocoder-engine.ts'
import type { TakeCorrections } from '../takes/take.ts'
import { parseBetas } from './betas.ts'

export const stepChoices = ['1', '2', '3', '6', 'custom'] as const
export type StepChoice = (typeof stepChoices)[number]

/** Each model uses the schedule that its own search found, or both use InferGrad's, so that only the weights differ. */
export const scheduleModes = ['own', 'shared'] as const
export type ScheduleMode = (typeof scheduleModes)[number]

export const backendNames = ['webgpu', 'wasm', 'cpu'] as const satisfies readonly BackendName[]

export const maxSeed = 2 ** 32 - 1

export type Settings = {
  /** A model size that `listModels` returns, such as `small`. */
  readonly size: string
  readonly steps: StepChoice
  /** The text as typed; used when `steps` is custom. */
  readonly customBetas: string
  /** An integer, 0 .. 2^32 - 1. */
  readonly seed: number
  readonly scheduleMode: ScheduleMode
  /** Mel corrections after the last step; undefined uses each model's own. */
  readonly corrections?: CorrectionChoice
  /** Whether the take “No network” is made in addition to those of the models. */
  readonly control: boolean
  /** Set if the address requests a backend. */
  readonly backend?: BackendName
}

export const defaultSettings: Settings = {
  size: 'frames',
  steps: '2',
  customBetas: '0.002, 0.05, 0.3, 0.8',
  seed: 1,
  scheduleMode: 'own',
  control: false,
}

/** Parses an unsigned 32-bit integer; returns undefined for any other text. */
export function parseSeed(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text.trim())) return undefined
  const seed = Number(text.trim())
  return seed <= maxSeed ? seed : undefined
}

/**
 * Returns the models without the user's own, which no address may name and which do not count in the choice of a size.
 */
export function publishedModels(models: readonly ModelSummary[]): readonly ModelSummary[] {
  return models.filter(({ origin }) => origin === 'published')
}

/** Returns the published models of one size in the order of the cards, which has InferGrad last. */
export function modelsOfSize(models: readonly ModelSummary[], size: string): readonly ModelSummary[] {
  return (['wavegrad', 'infergrad'] as const).flatMap((objective) =>
    publishedModels(models)
      .filter((model) => model.objective === objective && model.size === size)
      .slice(0, 1),
  )
}

/** Returns `all` in the order in which they are loaded and run: InferGrad first, because the page is about it. */
export function infergradFirst<One>(all: readonly One[], isInfergrad: (one: One) => boolean): readonly One[] {
  return [...all.filter(isInfergrad), ...all.filter((one) => !isInfergrad(one))]
}

/**
 * Returns the betas for `model`, or undefined if the settings give none: an invalid custom list, or a number of steps
 * for which the model has no schedule.
 */
export function betasFor(
  settings: Settings,
  model: ModelSummary,
  models: readonly ModelSummary[],
): readonly number[] | undefined {
  if (settings.steps === 'custom') return parseBetas(settings.customBetas).schedule?.betas
  const shared = modelsOfSize(models, settings.size).find(({ objective }) => objective === 'infergrad')
  const owner = settings.scheduleMode === 'shared' && shared ? shared : model
  return owner.schedules[settings.steps]?.betas
}

/**
 * Returns the mel corrections of a take of `model`: those that were requested, or the model's own if it cannot make them.
 * Only the spectral prior has any.
 */
export function correctionsFor(
  choice: CorrectionChoice | undefined,
  { prior, corrections, correctsVoiced }: Pick<ModelSummary, 'prior' | 'corrections' | 'correctsVoiced'>,
): TakeCorrections {
  if (prior !== 'spectral') return { ...noCorrections, asked: false }
  if (choice === 'voiced' && !correctsVoiced) return { ...corrections, asked: false }
  return { ...resolveCorrections(choice, corrections), asked: choice !== undefined }
}
