/** Plays a few seconds of a mel by Griffin-Lim, which needs no model and is enough to tell one reading from another. */
import type { MelConvention, MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type { Services } from '../services.ts'

const seconds = 4

/** Rejects with the problems of the analysis and of playback. */
export async function listenToMel(
  { analysis, readingPlayer }: Pick<Services, 'analysis' | 'readingPlayer'>,
  mel: MelSpectrogram,
  convention: MelConvention,
): Promise<void> {
  const excerpt = loudestExcerpt(mel, Math.ceil((seconds * convention.sampleRateHz) / convention.hopSamples))
  const audio = await analysis.griffinLim({ mel: excerpt, convention, seed: 1 })
  readingPlayer.setTakes([{ ...audio, id: 'reading', gainDb: 0 }], 'reading')
  readingPlayer.stop()
  await readingPlayer.play()
}

/** Returns the loudest excerpt of `length` frames among those that begin every half length: speech, not a pause. */
function loudestExcerpt({ frames, bands, values }: MelSpectrogram, length: number): MelSpectrogram {
  const size = Math.min(frames, length)
  let best = { start: 0, sum: Number.NEGATIVE_INFINITY }
  for (let start = 0; start + size <= frames; start += Math.max(1, size >> 1)) {
    const part = values.subarray(start * bands, (start + size) * bands)
    const sum = part.reduce((total, value) => total + value, 0)
    if (sum > best.sum) best = { start, sum }
  }
  const { start } = best
  return { frames: size, bands, values: values.slice(start * bands, (start + size) * bands) }
}
