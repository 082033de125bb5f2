/** What pressing “Start” would train, from what was chosen and what was left to the page. */
import type { ModelSummary } from '../../engine/vocoder-engine.ts'
import type { PageState } from '../state.ts'
import { modelsOfSize } from '../synthesis/settings.ts'
import type { VoiceClip } from './training-state.ts'

/** The model to start from: the chosen one, or the published one of the page's size whose objective this is. */
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

/** "Example voice, 24 Nov 2026": the voice's own name where it has one, and the day. */
export function defaultName(voice: readonly VoiceClip[], today: Date): string {
  const date = today.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  const [first] = voice
  if (first && voice.every(({ origin }) => origin === 'example')) return `Example voice, ${date}`
  const own =
    first?.origin === 'file' && voice.length === 1 ? first.name.replace(/\.\w{1,5}$/, '') : 'My voice'
  return `${own.slice(0, 40)}, ${date}`
}

/** Seconds of all recordings together. */
export function voiceSeconds(voice: readonly VoiceClip[]): number {
  return voice.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
}
