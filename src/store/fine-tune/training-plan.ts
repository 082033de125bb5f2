/** What pressing “Start” would train, from what was chosen and what was left to the page. */
import type { ModelSummary } from '../../engine/vocoder-engine.ts'
import type { PageState } from '../state.ts'
import { modelsOfSize } from '../synthesis/settings.ts'

type Chosen = Pick<
  PageState,
  'models' | 'settings' | 'trainingModelId' | 'trainingSettings' | 'trainingName' | 'voice'
>

/** The model to start from: the chosen one, or the published one of the page's size whose objective this is. */
export function startingModel({
  models,
  settings,
  trainingModelId,
  trainingSettings,
}: Pick<Chosen, 'models' | 'settings' | 'trainingModelId' | 'trainingSettings'>): ModelSummary | undefined {
  const chosen = models.find(({ id }) => id === trainingModelId)
  const published = modelsOfSize(models, settings.size)
  return chosen ?? published.find(({ objective }) => objective === trainingSettings.objective) ?? published[0]
}

/** "Example voice, 24 Nov 2026": the voice's own name where it has one, and the day. */
export function defaultName(voice: Chosen['voice'], today: Date): string {
  const date = today.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  const [first] = voice
  if (first && voice.every(({ origin }) => origin === 'example')) return `Example voice, ${date}`
  const own =
    first?.origin === 'file' && voice.length === 1 ? first.name.replace(/\.\w{1,5}$/, '') : 'My voice'
  return `${own.slice(0, 40)}, ${date}`
}

/** Seconds of all recordings together. */
export function voiceSeconds(voice: Chosen['voice']): number {
  return voice.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
}
