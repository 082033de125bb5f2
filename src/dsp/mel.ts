/**
 * Mel spectrogram in any convention. Filters follow librosa; padding follows HiFi-GAN, so that frames = samples / hop.
 * Python counterpart: pretrain/speech/mel.py.
 */
import { melEdgesHz } from './mel-scale.ts'
import type { MelConvention, MelSpectrogram } from './mel-spectrogram.ts'
import { hopFraming, visitSpectra } from './stft.ts'

/** One triangular filter, without the zeros around it. */
export type MelBand = { readonly firstBin: number; readonly weights: Float64Array }

/** The filters of `convention`, lowest first. A band narrower than a bin may have no weights. */
export function melFilterbank(convention: MelConvention): MelBand[] {
  const { bands, fftSize, sampleRateHz, norm } = convention
  const edges = melEdgesHz(convention)
  const hzPerBin = sampleRateHz / fftSize
  return Array.from({ length: bands }, (_, band) => {
    const [low, centre, high] = edges.slice(band, band + 3)
    const area = norm === 'slaney' ? 2 / (high - low) : 1
    const firstBin = Math.floor(low / hzPerBin) + 1
    const lastBin = Math.min(Math.ceil(high / hzPerBin) - 1, fftSize / 2)
    const weights = Float64Array.from({ length: Math.max(0, lastBin - firstBin + 1) }, (_, index) => {
      const hz = (firstBin + index) * hzPerBin
      return area * Math.min((hz - low) / (centre - low), (high - hz) / (high - centre))
    })
    return { firstBin, weights }
  })
}

/** Sums `magnitudes` (one per bin) into `energies` (one per band). */
export function applyFilterbank(
  filterbank: readonly MelBand[],
  magnitudes: Float64Array,
  energies: Float64Array,
): void {
  for (let band = 0; band < filterbank.length; band++) {
    const { firstBin, weights } = filterbank[band]
    let sum = 0
    for (let index = 0; index < weights.length; index++) sum += weights[index] * magnitudes[firstBin + index]
    energies[band] = sum
  }
}

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
