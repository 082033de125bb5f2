/** The distance between audio and the mel that it was made from: the only figure available without a recording. */
import { melSpectrogram } from '../dsp/mel.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'

/**
 * Mean |difference| in nats between `mel` and the mel of `samples`, both in `convention`, over their common frames.
 * `samples` are at the convention's rate. NaN if there is no common frame.
 */
export function melError(mel: MelSpectrogram, samples: Float32Array, convention: MelConvention): number {
  if (mel.bands !== convention.bands) {
    throw new RangeError(`the mel has ${mel.bands} bands, the convention ${convention.bands}`)
  }
  const own = melSpectrogram(samples, convention)
  const shared = Math.min(mel.frames, own.frames) * mel.bands
  let sum = 0
  for (let index = 0; index < shared; index++) sum += Math.abs(mel.values[index] - own.values[index])
  return ((convention.log === 'log10' ? Math.LN10 : 1) * sum) / shared
}
