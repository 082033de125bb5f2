/** The triangular filters of a mel spectrogram in any convention, which follow librosa's. */
import { melEdgesHz } from './mel-scale.ts'
import type { MelConvention } from './mel-spectrogram.ts'

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
