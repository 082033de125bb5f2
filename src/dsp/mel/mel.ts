/**
 * Mel spectrogram in any convention. Padding follows HiFi-GAN, so that frames = samples / hop.
 * Python counterpart: pretrain/speech/mel.py.
 */

import { hopFraming } from '../spectra/framing.ts'
import { visitSpectra } from '../spectra/stft.ts'
import { applyFilterbank, melFilterbank } from './mel-filterbank.ts'
import type { MelConvention, MelSpectrogram } from './mel-spectrogram.ts'

/**
 * Returns a function from a frame's spectrum (see `spectrumReader`) to its log-mel: `bands` values, overwritten by the
 * next call.
 */
export function melReader(convention: MelConvention): (spectrum: Float64Array) => Float64Array {
  const { bands, fftSize, magnitudeEpsilon, floor } = convention
  const filterbank = melFilterbank(convention)
  const log = convention.log === 'ln' ? Math.log : Math.log10
  const magnitudes = new Float64Array(fftSize / 2 + 1)
  const values = new Float64Array(bands)
  return (spectrum) => {
    for (let bin = 0; bin < magnitudes.length; bin++) {
      const re = spectrum[2 * bin]
      const im = spectrum[2 * bin + 1]
      magnitudes[bin] = Math.sqrt(re * re + im * im + magnitudeEpsilon)
    }
    applyFilterbank(filterbank, magnitudes, values)
    for (let band = 0; band < bands; band++) values[band] = log(Math.max(values[band], floor))
    return values
  }
}

/**
 * Log-mel of `samples`, which are at `convention.sampleRateHz` in [-1, 1]: floor(samples / hop) frames. Samples after
 * the last whole hop are dropped before the signal is mirrored at its ends.
 */
export function melSpectrogram(samples: Float32Array, convention: MelConvention): MelSpectrogram {
  const { bands, hopSamples } = convention
  const frames = Math.floor(samples.length / hopSamples)
  const values = new Float32Array(frames * bands)
  const melOf = melReader(convention)
  visitSpectra(samples.subarray(0, frames * hopSamples), hopFraming(convention), (spectrum, frame) =>
    values.set(melOf(spectrum), frame * bands),
  )
  return { frames, bands, values }
}
