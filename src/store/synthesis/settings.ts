/** What a run depends on besides its input, as plain values: the same settings and source give the same takes. */
import { type CorrectionChoice, noCorrections, resolveCorrections } from '../../base/mel-corrections.ts'
import type { BackendName, ModelSummary } from '../../engine/vocoder-engine.ts'
import type { TakeCorrections } from '../takes/take.ts'
import { parseBetas } from './betas.ts'

export const stepChoices = ['1', '2', '3', '6', 'custom'] as const
export type StepChoice = (typeof stepChoices)[number]

/** Each model on the schedule that its search found, or both on InferGrad's, so that only the weights differ. */
export const scheduleModes = ['own', 'shared'] as const
export type ScheduleMode = (typeof scheduleModes)[number]

export const backendNames = ['webgpu', 'wasm', 'cpu'] as const satisfies readonly BackendName[]

export const maxSeed = 2 ** 32 - 1

export type Settings = {
  /** A model size that `listModels` knows, such as `small`. */
  readonly size: string
  readonly steps: StepChoice
  /** As typed; used when `steps` is custom. */
  readonly customBetas: string
  /** 0 .. 2^32 - 1. */
  readonly seed: number
  readonly scheduleMode: ScheduleMode
  /** Mel corrections after the last step; undefined leaves them to each model. */
  readonly corrections?: CorrectionChoice
  /** Whether the take “No network” is made beside those of the models. */
  readonly control: boolean
  /** Set when the address asks for one. */
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

/** An unsigned 32-bit integer, or undefined for any other text. */
export function parseSeed(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text.trim())) return undefined
  const seed = Number(text.trim())
  return seed <= maxSeed ? seed : undefined
}

/** Without the user's own, which no address may name and which take no part in the choice of a size. */
export function publishedModels(models: readonly ModelSummary[]): readonly ModelSummary[] {
  return models.filter(({ origin }) => origin === 'published')
}

/** The published models of one size, InferGrad last where both are there; the order of synthesis is the order of the cards. */
export function modelsOfSize(models: readonly ModelSummary[], size: string): readonly ModelSummary[] {
  return (['wavegrad', 'infergrad'] as const).flatMap((objective) =>
    publishedModels(models)
      .filter((model) => model.objective === objective && model.size === size)
      .slice(0, 1),
  )
}

/**
 * The betas that `model` will run on, or undefined where the settings name none: a custom list that cannot be read, or a
 * number of steps that the model has no schedule for.
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

/** The mel corrections of a take of `model`: as the settings ask, or the model's own. Only the spectral prior has any. */
export function correctionsFor(
  choice: CorrectionChoice | undefined,
  { prior, corrections }: Pick<ModelSummary, 'prior' | 'corrections'>,
): TakeCorrections {
  if (prior !== 'spectral') return { ...noCorrections, asked: false }
  return { ...resolveCorrections(choice, corrections), asked: choice !== undefined }
}
