/**
 * Interpolation of band values over bins: linear between the centres of the bands, constant beyond the outermost. A
 * band that falls between two bins has no centre, and its value is ignored.
 */
import { type MelBand, melFilterbank } from '../../dsp/mel/mel-filterbank.ts'
import type { MelConvention } from '../../dsp/mel/mel-spectrogram.ts'

export type KnownBand = {
  readonly band: number
  /** Centre of gravity, in bins. */
  readonly centre: number
  readonly lnArea: number
}

/** Returns all bands except those that fall between two bins. Throws a RangeError for fewer than two. */
export function knownBands(filterbank: readonly MelBand[]): KnownBand[] {
  const known = bandsWithCentres(filterbank)
  if (known.length < 2) throw new RangeError('The mel needs at least two bands')
  return known
}

/** Returns all bands except those that fall between two bins, however few. */
export function bandsWithCentres(filterbank: readonly MelBand[]): KnownBand[] {
  return filterbank.flatMap(({ firstBin, weights }, band) => {
    let [area, moment] = [0, 0]
    for (const [index, weight] of weights.entries()) {
      area += weight
      moment += weight * (firstBin + index)
    }
    return area > 0 ? [{ band, centre: moment / area, lnArea: Math.log(area) }] : []
  })
}

/**
 * Interpolates from band centres to all bins, linearly, constant outside. The returned function takes one value per band
 * of `bands`; the next call overwrites its result.
 */
export function bandInterpolator(
  bands: readonly KnownBand[],
  bins: number,
): (atBands: Float64Array) => Float64Array {
  const below = new Int32Array(bins)
  const share = new Float64Array(bins)
  for (let bin = 0, above = 1; bin < bins; bin++) {
    while (above < bands.length - 1 && bands[above].centre < bin) above++
    const [low, high] = [bands[above - 1].centre, bands[above].centre]
    below[bin] = above - 1
    share[bin] = Math.min(Math.max((bin - low) / (high - low), 0), 1)
  }
  const atBins = new Float64Array(bins)
  return (atBands) => {
    for (let bin = 0; bin < bins; bin++) {
      const low = atBands[below[bin]]
      atBins[bin] = low + share[bin] * (atBands[below[bin] + 1] - low)
    }
    return atBins
  }
}

/** The interpolation as a matrix, [bands, bins], row-major. Python counterpart: `band_hats` of pretrain/speech/mel.py. */
export function bandHats(convention: MelConvention): Float32Array {
  const bins = convention.fftSize / 2 + 1
  const known = knownBands(melFilterbank(convention))
  const interpolate = bandInterpolator(known, bins)
  const hats = new Float32Array(convention.bands * bins)
  for (const [index, { band }] of known.entries())
    hats.set(interpolate(new Float64Array(known.length).fill(1, index, index + 1)), band * bins)
  return hats
}
