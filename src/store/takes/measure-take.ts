/** Measures a finished take: its picture, its loudness, its figures. */
import type { Levels, Reference } from '../../analysis/analysis.ts'
import type { Services } from '../services.ts'
import { readReference } from '../source/reference.ts'
import type { Example, Source } from '../source/source-state.ts'
import type { Take } from './take.ts'

/** The list that contains the take. */
export type TakeList = {
  readonly all: () => readonly Take[]
  /** Does nothing if the take has been removed. */
  readonly update: (takeId: string, change: Partial<Take>) => void
  readonly report: (thrown: unknown) => void
  /** The bundled example that a source is, if it is one. */
  readonly exampleOf: (source: Source) => Example | undefined
}

/**
 * Measures the take, and shows its loudness and picture before its figures, which take far longer. A failure is
 * reported; the take can still be played and kept. If `vocoderIdle` is given, the figures wait for it.
 */
export async function measureTake(
  { all, update, report, exampleOf }: TakeList,
  services: Pick<Services, 'analysis' | 'clips' | 'signals' | 'examples'>,
  takeId: string,
  source: Source,
  vocoderIdle?: Promise<void>,
): Promise<void> {
  const { analysis, clips, signals } = services
  const current = () => all().find(({ id }) => id === takeId)
  const take = current()

  function show({ loudnessLufs, spectrogram, peakDb }: Levels): void {
    const shown = current()
    if (!shown) return
    const spectrogramId = shown.spectrogramId ?? signals.addSpectrogram(spectrogram)
    update(takeId, { loudnessLufs, peakDb, spectrogramId })
  }

  if (!take || !signals.mel(source.melId)) return
  const audio = clips.get(takeId)
  try {
    const against = await referenceOf(take, all(), services, source, exampleOf(source))
    if (!current()) return
    show(await analysis.measure({ audio }))
    if (!against) return
    await vocoderIdle
    if (!current()) return
    const { quality, problem } = await analysis.compare({ audio, against })
    // The page has not failed if there is a problem: one of the two is silent, and the card says which.
    update(takeId, { quality, noQuality: problem?.message })
  } catch (thrown) {
    if (current()) report(thrown)
  }
}

/** The recording among the takes, or else the mel of the source; a recording itself is not compared. */
async function referenceOf(
  { system }: Take,
  takes: readonly Take[],
  services: Pick<Services, 'analysis' | 'clips' | 'signals' | 'examples'>,
  { melId, convention }: Source,
  example: Example | undefined,
): Promise<Reference | undefined> {
  if (system === 'recording') return undefined
  const recording = takes.find((other) => other.system === 'recording')
  if (recording) return { recording: services.clips.get(recording.id) }
  const mel = services.signals.mel(melId)
  return mel && { mel, convention, magnitudes: await readReference(services, example) }
}
