/** The distance between audio and the mel that it was made from: the only figure available without a recording. */

import { melReader } from '../dsp/mel/mel.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import { hopFraming } from '../dsp/spectra/framing.ts'
import { spectrumReader } from '../dsp/spectra/stft.ts'

/**
 * Mean |difference| in nats between `mel` and the mel of `samples`, both in `convention`, over their common frames.
 * `samples` are at the convention's rate. Only frames first .. end count, by default all. NaN if there is no common frame.
 * Keeps one frame of the mel of `samples`.
 */
export function melError(
  mel: MelSpectrogram,
  samples: Float32Array,
  convention: MelConvention,
  { first, end }: { readonly first: number; readonly end: number } = { first: 0, end: mel.frames },
): number {
  if (mel.bands !== convention.bands) {
    throw new RangeError(`the mel has ${mel.bands} bands, the convention ${convention.bands}`)
  }
  const { bands, hopSamples } = convention
  const frames = Math.floor(samples.length / hopSamples)
  const last = Math.min(end, frames)
  if (last <= first) return Number.NaN
  const spectrumOf = spectrumReader(samples.subarray(0, frames * hopSamples), hopFraming(convention))
  const melOf = melReader(convention)
  let sum = 0
  for (let frame = first; frame < last; frame++) {
    const own = melOf(spectrumOf(frame))
    // The mel of a file has single precision.
    for (let band = 0; band < bands; band++)
      sum += Math.abs(mel.values[frame * bands + band] - Math.fround(own[band]))
  }
  return ((convention.log === 'log10' ? Math.LN10 : 1) * sum) / ((last - first) * bands)
}
