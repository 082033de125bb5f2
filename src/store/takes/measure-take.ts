/** Measures a finished take: its picture, its loudness, its figures. */
import type { Levels, Reference } from '../../analysis/analysis.ts'
import type { Services } from '../services.ts'
import type { Source } from '../source/source-state.ts'
import type { Take } from './take.ts'

/** The list that contains the take. */
export type TakeList = {
  readonly all: () => readonly Take[]
  /** Does nothing if the take has been removed. */
  readonly update: (takeId: string, change: Partial<Take>) => void
  readonly report: (thrown: unknown) => void
}

/**
 * Measures the take, and shows its loudness and picture before its figures, which take far longer. A failure is
 * reported; the take can still be played and kept. If `vocoderIdle` is given, the figures wait for it.
 */
export async function measureTake(
  { all, update, report }: TakeList,
  { analysis, clips, signals }: Pick<Services, 'analysis' | 'clips' | 'signals'>,
  takeId: string,
  source: Source,
  vocoderIdle?: Promise<void>,
): Promise<void> {
  const current = () => all().find(({ id }) => id === takeId)
  const take = current()
  const against = take && referenceOf(take, all(), clips, signals, source)

  function show({ loudnessLufs, spectrogram, peakDb }: Levels): void {
    const shown = current()
    if (!shown) return
    const spectrogramId = shown.spectrogramId ?? signals.addSpectrogram(spectrogram)
    update(takeId, { loudnessLufs, peakDb, spectrogramId })
  }

  if (!take || !signals.mel(source.melId)) return
  const audio = clips.get(takeId)
  try {
    if (vocoderIdle && against) {
      show(await analysis.measure({ audio }))
      await vocoderIdle
      if (!current()) return
    }
    const { quality, problem, ...levels } = await analysis.measure({ audio, against }, { onProgress: show })
    show(levels)
    // The page has not failed if there is a problem: one of the two is silent, and the card says which.
    update(takeId, { quality, noQuality: problem?.message })
  } catch (thrown) {
    if (current()) report(thrown)
  }
}

/** The recording among the takes, or else the mel of the source; a recording itself is not compared. */
function referenceOf(
  { system }: Take,
  takes: readonly Take[],
  clips: Services['clips'],
  signals: Services['signals'],
  { melId, convention }: Source,
): Reference | undefined {
  if (system === 'recording') return undefined
  const recording = takes.find((other) => other.system === 'recording')
  if (recording) return { recording: clips.get(recording.id) }
  const mel = signals.mel(melId)
  return mel && { mel, convention }
}
