/**
 * Magnitudes per bin from mel bands. There are fewer bands than bins, so many solutions fit. This one starts from the
 * interpolated band heights and scales them by expectation-maximisation (Richardson 1972, Lucy 1974; for spectra, Lee
 * and Seung's update for the divergence) until they reproduce the bands. Unlike a pseudo-inverse, it is never negative.
 */
import { applyFilterbank, type MelBand, melFilterbank } from './mel-filterbank.ts'
import type { MelConvention, MelSpectrogram } from './mel-spectrogram.ts'

/**
 * On four validation clips Griffin-Lim's mel MAE was .310, .130, .123, .1225 after 0, 5, 12, 40 updates; .158 with a
 * clamped pseudo-inverse; .132 after 100 multiplicative updates of the squared error.
 */
const updates = 12

/** Linear magnitudes of bands, from their logarithms in `convention`. */
function toBandMagnitude(value: number, log: MelConvention['log']): number {
  return log === 'ln' ? Math.exp(value) : 10 ** value
}

/** Writes to each bin the sum of `perBand` times the weight over the bands that cover it. */
function spread(filterbank: readonly MelBand[], perBand: Float64Array, bins: Float64Array): void {
  bins.fill(0)
  for (let band = 0; band < filterbank.length; band++) {
    const { firstBin, weights } = filterbank[band]
    for (let index = 0; index < weights.length; index++)
      bins[firstBin + index] += weights[index] * perBand[band]
  }
}

/**
 * Writes to `result` the magnitudes [frames, fftSize / 2 + 1] whose mel in `convention` is `mel`; zero in bins that no
 * band covers. Returns `result`, by default a new array.
 */
export function melToMagnitudes(
  mel: MelSpectrogram,
  convention: MelConvention,
  result = new Float32Array(mel.frames * (convention.fftSize / 2 + 1)),
): Float32Array<ArrayBuffer> {
  const bins = convention.fftSize / 2 + 1
  const filterbank = melFilterbank(convention)
  const bandWeight = Float64Array.from(filterbank, ({ weights }) =>
    weights.reduce((sum, weight) => sum + weight, 0),
  )
  const binWeight = new Float64Array(bins)
  spread(filterbank, new Float64Array(mel.bands).fill(1), binWeight)

  const target = new Float64Array(mel.bands)
  const perBand = new Float64Array(mel.bands)
  const magnitudes = new Float64Array(bins)
  const correction = new Float64Array(bins)
  for (let frame = 0; frame < mel.frames; frame++) {
    for (let band = 0; band < mel.bands; band++) {
      target[band] = toBandMagnitude(mel.values[frame * mel.bands + band], convention.log)
      perBand[band] = bandWeight[band] > 0 ? target[band] / bandWeight[band] : 0
    }
    spread(filterbank, perBand, magnitudes)
    for (let bin = 0; bin < bins; bin++)
      magnitudes[bin] = binWeight[bin] > 0 ? magnitudes[bin] / binWeight[bin] : 0
    for (let update = 0; update < updates; update++) {
      applyFilterbank(filterbank, magnitudes, perBand)
      for (let band = 0; band < mel.bands; band++)
        perBand[band] = perBand[band] > 0 ? target[band] / perBand[band] : 0
      spread(filterbank, perBand, correction)
      for (let bin = 0; bin < bins; bin++) {
        if (binWeight[bin] > 0) magnitudes[bin] *= correction[bin] / binWeight[bin]
      }
    }
    result.set(magnitudes, frame * bins)
  }
  return result
}
