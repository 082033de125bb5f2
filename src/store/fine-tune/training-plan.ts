/** The session that “Start” would begin, from the user's choices and the page's defaults. */
import type { ModelSummary } from '../../engine/vocoder-engine.ts'
import type { PageState } from '../state.ts'
import { modelsOfSize } from '../synthesis/settings.ts'
import type { VoiceClip } from './training-state.ts'

/**
 * Returns the model to start from: the chosen one, or the published one of the page's size with the chosen objective.
 */
export function startingModel({
  models: { all: models },
  synthesis,
  training,
}: Pick<PageState, 'models' | 'synthesis' | 'training'>): ModelSummary | undefined {
  const chosen = models.find(({ id }) => id === training.modelId)
  const published = modelsOfSize(models, synthesis.settings.size)
  return (
    chosen ?? published.find(({ objective }) => objective === training.settings.objective) ?? published[0]
  )
}

/** Returns a name such as "Example voice, 24 Nov 2026": the name of the voice if it has one, and the date. */
export function defaultName(voice: readonly VoiceClip[], today: Date): string {
  const date = today.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  const [first] = voice
  if (first && voice.every(({ origin }) => origin === 'example')) return `Example voice, ${date}`
  const own =
    first?.origin === 'file' && voice.length === 1 ? first.name.replace(/\.\w{1,5}$/, '') : 'My voice'
  return `${own.slice(0, 40)}, ${date}`
}

/** Returns the total duration of all recordings, in seconds. */
export function voiceSeconds(voice: readonly VoiceClip[]): number {
  return voice.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
}
