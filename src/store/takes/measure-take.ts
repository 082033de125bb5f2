/** What is measured of a take after it is there: its picture, its loudness, its figures. */
import { ProblemError } from '../../base/problem.ts'
import type { Services } from '../services.ts'
import type { Source } from '../source/source-state.ts'
import type { Quality, Take } from './take.ts'

/** Largest of `values`; a loop, because there are too many for Math.max's arguments. */
export function largest(values: Float32Array): number {
  let found = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > found) found = value
  return found
}

/** The list that the take is in. */
export type TakeList = {
  readonly all: () => readonly Take[]
  /** Nothing happens where the take is gone. */
  readonly update: (takeId: string, change: Partial<Take>) => void
  readonly report: (thrown: unknown) => void
}

/**
 * Measures the take in the order in which a person needs it, each figure shown as it arrives. A failure is reported and
 * leaves the take to be heard and kept. The figures, which cost most, wait for `vocoderIdle`.
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
      : {
          against: 'mel',
          melErrorNats: await analysis.melError({ mel, convention: source.convention, audio }),
        }
    update(takeId, { quality })
  } catch (thrown) {
    if (thrown instanceof ProblemError && thrown.problem.code === 'compare-silence') {
      // Nothing is wrong with the page: one of the two is silent, and its card says which.
      update(takeId, { noQuality: thrown.problem.message })
      return
    }
    if (current()) report(thrown)
  }
}
