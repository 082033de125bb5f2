/**
 * The settings of a fine-tuning session: the presets, the limits of each setting, and the conflicts between settings.
 */
import { type LayerGroup, layerGroups, type TrainingSettings } from '../../engine/training/training-engine.ts'
import type { ModelSummary } from '../../engine/vocoder-engine.ts'
import { maxSeed } from '../synthesis/settings.ts'

export type { LayerGroup, TrainingSettings } from '../../engine/training/training-engine.ts'
export { layerGroups } from '../../engine/training/training-engine.ts'

/** 200 steps with the page's default 2-step process: minutes on a laptop, and enough to hear a difference. */
const adaptToVoice: TrainingSettings = {
  objective: 'infergrad',
  processSteps: [2],
  schedule: 'own',
  wavegradWeight: 1,
  inferWeight: 1,
  melWeight: 1,
  steps: 200,
  learningRate: 6e-4,
  warmupSteps: 20,
  batch: 2,
  cropSamples: 8192,
  seed: 1,
  emaDecay: 0.98,
  maxGradientNorm: 1,
  frozen: [],
  evaluateEverySteps: 25,
  snapshotEverySteps: 50,
}

export const trainingPresets = {
  voice: adaptToVoice,
  wavegrad: { ...adaptToVoice, objective: 'wavegrad', learningRate: 3e-4 },
} as const satisfies Record<string, TrainingSettings>

export type TrainingPreset = keyof typeof trainingPresets

/** The settings that are one number each. */
export type NumberSetting = {
  [Name in keyof TrainingSettings]: TrainingSettings[Name] extends number ? Name : never
}[keyof TrainingSettings]

type Limits = { readonly low: number; readonly high: number; readonly whole?: boolean }

/** Limits of each setting, both included. Values outside would be typing errors, or need more than a tab can hold. */
export const settingLimits: Readonly<Record<NumberSetting, Limits>> = {
  wavegradWeight: { low: 0, high: 100 },
  inferWeight: { low: 0, high: 100 },
  melWeight: { low: 0, high: 100 },
  steps: { low: 1, high: 100_000, whole: true },
  learningRate: { low: 1e-7, high: 0.1 },
  warmupSteps: { low: 0, high: 10_000, whole: true },
  batch: { low: 1, high: 32, whole: true },
  cropSamples: { low: 2048, high: 131_072, whole: true },
  seed: { low: 0, high: maxSeed, whole: true },
  emaDecay: { low: 0, high: 0.9999 },
  maxGradientNorm: { low: 1e-3, high: 1000 },
  evaluateEverySteps: { low: 1, high: 100_000, whole: true },
  snapshotEverySteps: { low: 1, high: 100_000, whole: true },
}

/**
 * Parses a setting; returns undefined if `text` is not a number that `name` accepts. The length of a crop must also be
 * a multiple of the model's `hopSamples`.
 */
export function parseSetting(name: NumberSetting, text: string, hopSamples: number): number | undefined {
  const { low, high, whole = false } = settingLimits[name]
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) return undefined
  return name === 'cropSamples' && value % hopSamples !== 0 ? undefined : value
}

/** Describes in words the values that `parseSetting` accepts. */
export function acceptedSetting(name: NumberSetting, hopSamples: number): string {
  const { low, high, whole } = settingLimits[name]
  if (name === 'cropSamples') return `a multiple of ${hopSamples} from ${low} to ${high}`
  return `a ${whole ? 'whole ' : ''}number from ${low} to ${high}`
}

/**
 * Returns the numbers of steps that the infer loss can use with `model`: those for which it has a schedule, ascending.
 */
export function processStepChoices(model: ModelSummary | undefined): readonly number[] {
  return Object.keys(model?.schedules ?? {})
    .map(Number)
    .filter((steps) => Number.isInteger(steps) && steps > 0)
    .sort((one, other) => one - other)
}

/** Returns the reason why these settings do not go together although each is valid by itself; undefined if they do. */
export function settingsConflict(
  settings: TrainingSettings,
  model: ModelSummary | undefined,
): string | undefined {
  const { objective, processSteps, frozen, wavegradWeight, inferWeight, melWeight } = settings
  if (layerGroups[model?.architecture ?? 'wavegrad'].every((group) => frozen.includes(group)))
    return 'Every layer is frozen: leave one to learn.'
  if (objective === 'wavegrad') return undefined
  if (processSteps.length === 0) return 'Choose at least one number of steps to train through.'
  if (wavegradWeight + inferWeight + melWeight === 0)
    return 'All loss weights are 0, so nothing would be learned.'
  const choices = processStepChoices(model)
  const missing = processSteps.find((steps) => !choices.includes(steps))
  if (missing !== undefined && model) return `The model has no schedule for ${missing} steps.`
  return undefined
}

/** Returns the preset with these settings, whatever the seed. */
export function presetOf(settings: TrainingSettings): TrainingPreset | undefined {
  const text = (one: TrainingSettings) =>
    JSON.stringify(Object.entries({ ...one, seed: 0, frozen: [...one.frozen].sort() }).sort())
  const names: readonly TrainingPreset[] = ['voice', 'wavegrad']
  return names.find((name) => text(trainingPresets[name]) === text(settings))
}

export function toggleFrozen(settings: TrainingSettings, group: LayerGroup): TrainingSettings {
  const all = Object.values(layerGroups).flat()
  const frozen = all.filter((one) => settings.frozen.includes(one) !== (one === group))
  return { ...settings, frozen }
}
