/** How far audio is from the mel that it was made of: the one figure there is when there is no recording. */
import { melSpectrogram } from '../dsp/mel.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'

/**
 * Mean |difference| in nats between `mel` and the mel of `samples`, both in `convention`, over the frames that both have.
 * `samples` are at the convention's rate. NaN where they share no frame.
 */
export function melError(mel: MelSpectrogram, samples: Float32Array, convention: MelConvention): number {
  if (mel.bands !== convention.bands) {
    throw new RangeError(`a mel of ${mel.bands} bands is not one of ${convention.bands}`)
  }
  const own = melSpectrogram(samples, convention)
  const shared = Math.min(mel.frames, own.frames) * mel.bands
  let sum = 0
  for (let index = 0; index < shared; index++) sum += Math.abs(mel.values[index] - own.values[index])
  return ((convention.log === 'log10' ? Math.LN10 : 1) * sum) / shared
}
