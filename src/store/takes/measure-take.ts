/** What is measured of a take after it is there: its picture, its loudness, its figures. */
import { ProblemError } from '../../base/problem.ts'
import type { Services } from '../services.ts'
import type { GetState, Quality, SetState, Source, Take } from '../state.ts'
import { updateTake } from './takes.ts'

/** Largest of `values`; a loop, because there are too many for Math.max's arguments. */
export function largest(values: Float32Array): number {
  let found = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > found) found = value
  return found
}

/**
 * Measures the take in the order in which a person needs it, each figure shown as it arrives. A failure is reported and
 * leaves the take to be heard and kept. The figures, which cost most, wait for `vocoderIdle`.
 */
export async function measureTake(
  set: SetState,
  get: GetState,
  { analysis, clips, signals }: Pick<Services, 'analysis' | 'clips' | 'signals'>,
  takeId: string,
  source: Source,
  vocoderIdle?: Promise<void>,
): Promise<void> {
  const current = (): Take | undefined => get().takes.find(({ id }) => id === takeId)
  const take = current()
  if (!take) return
  try {
    const audio = clips.get(takeId)
    const recording = get().takes.find(({ system }) => system === 'recording')
    const reference = recording && clips.get(recording.id)
    const mel = signals.mel(source.melId)
    if (!mel) return

    const loudnessLufs = await analysis.loudnessLufs(audio)
    if (!current()) return
    updateTake(set, takeId, { loudnessLufs })
    get().refreshTakes()

    if (!take.spectrogramId) {
      const spectrogram = await analysis.spectrogram(audio)
      if (!current()) return
      const spectrogramId = signals.addSpectrogram(spectrogram)
      updateTake(set, takeId, { spectrogramId, peakDb: largest(spectrogram.levelsDb) })
    }

    if (take.system === 'recording') return
    await vocoderIdle
    const quality: Quality = reference
      ? { against: 'recording', figures: await analysis.compare({ reference, output: audio }) }
      : {
          against: 'mel',
          melErrorNats: await analysis.melError({ mel, convention: source.convention, audio }),
        }
    updateTake(set, takeId, { quality })
  } catch (thrown) {
    if (thrown instanceof ProblemError && thrown.problem.code === 'compare-silence') {
      // Nothing is wrong with the page: one of the two is silent, and its card says which.
      updateTake(set, takeId, { noQuality: thrown.problem.message })
      return
    }
    if (current()) get().report(thrown)
  }
}
