/** Measures a finished take: its picture, its loudness, its figures. */
import type { Audio } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import type { Services } from '../services.ts'
import { readReference } from '../source/reference.ts'
import type { Example, Source } from '../source/source-state.ts'
import type { Quality, Take } from './take.ts'

/** Returns the largest of `values`, with a loop because there are too many for the arguments of Math.max. */
export function largest(values: Float32Array): number {
  let found = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > found) found = value
  return found
}

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
 * Measures the take in the order in which the user needs the results, and shows each as it arrives. A failure is
 * reported; the take can still be played and kept. The figures, which are the most expensive, wait for `vocoderIdle`.
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
  if (!take) return
  try {
    const audio = clips.get(takeId)
    const recording = all().find(({ system }) => system === 'recording')
    const reference = recording && clips.get(recording.id)
    const mel = signals.mel(source.melId)
    if (!mel) return

    const loudnessLufs = await analysis.loudnessLufs(audio)
    if (!current()) return
    update(takeId, { loudnessLufs })

    if (!take.spectrogramId) {
      const spectrogram = await analysis.spectrogram(audio)
      if (!current()) return
      const spectrogramId = signals.addSpectrogram(spectrogram)
      update(takeId, { spectrogramId, peakDb: largest(spectrogram.levelsDb) })
    }

    if (take.system === 'recording') return
    await vocoderIdle
    const quality: Quality = reference
      ? { against: 'recording', figures: await analysis.compare({ reference, output: audio }) }
      : await measureWithoutRecording(services, audio, mel, source, exampleOf(source))
    update(takeId, { quality })
  } catch (thrown) {
    if (thrown instanceof ProblemError && thrown.problem.code === 'compare-silence') {
      // The page has not failed: one of the two is silent, and its card says which.
      update(takeId, { noQuality: thrown.problem.message })
      return
    }
    if (current()) report(thrown)
  }
}

async function measureWithoutRecording(
  services: Pick<Services, 'analysis' | 'examples'>,
  audio: Audio,
  mel: MelSpectrogram,
  { convention }: Source,
  example: Example | undefined,
): Promise<Quality> {
  const { analysis } = services
  const melErrorNats = await analysis.melError({ mel, convention, audio })
  const reference = await readReference(services, example)
  if (!reference) return { against: 'mel', melErrorNats }
  return { against: 'mel', melErrorNats, lsdDb: await analysis.distanceToReference({ reference, audio }) }
}
