/**
 * The spectral prior (after SpecGrad, arXiv 2203.16749): the whole short-time envelope that the mel tells. The process runs
 * on what a zero-phase filter per frame leaves of the waveform; here is its inverse. A band's mean magnitude is its value
 * over the sum of its weights; the logarithm of it, between the bands' centres, over the mean magnitude that white noise of
 * unit variance has, is the filter's gain. The twin in Python is pretrain/prior.py.
 */
import { type MelBand, melFilterbank } from '../dsp/mel.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import { frameFilter, hopFraming } from '../dsp/stft.ts'

export type SpectralPriorSettings = {
  /** Smallest gain. */
  readonly floor: number
  /** How fast gains fall above the highest band's centre, where the mel is blind. */
  readonly rolloffDbPerKhz: number
}

/** process [frames * hop] -> waveform [frames * hop], not clipped. Linear in `process`. */
export function shapeSpectrum(
  process: Float32Array,
  mel: MelSpectrogram,
  convention: MelConvention,
  settings: SpectralPriorSettings,
): Float32Array<ArrayBuffer> {
  const gainsOf = gainReader(mel, convention, settings)
  return frameFilter(process, hopFraming(convention), gainsOf)
}

/** The gains of a frame, one per bin, which the next call overwrites. */
function gainReader(
  mel: MelSpectrogram,
  convention: MelConvention,
  { floor, rolloffDbPerKhz }: SpectralPriorSettings,
): (frame: number) => Float64Array {
  const bins = convention.fftSize / 2 + 1
  const bands = knownBands(melFilterbank(convention))
  const lnPerUnit = convention.log === 'ln' ? 1 : Math.LN10
  const hannPower = (3 / 8) * convention.windowSamples // sum of the squared window
  const lnWhite = 0.5 * Math.log((Math.PI / 4) * hannPower) // a Rayleigh variable's mean
  const khzPerBin = convention.sampleRateHz / convention.fftSize / 1000
  const lnPerBin = ((rolloffDbPerKhz * Math.LN10) / 20) * khzPerBin
  const lastCentre = bands[bands.length - 1].centre
  const gains = new Float64Array(bins)
  return (frame) => {
    const row = frame * mel.bands
    const ln = (index: number) => mel.values[row + bands[index].band] * lnPerUnit - bands[index].lnArea
    let above = 1 // the first centre above the bin, or the last
    for (let bin = 0; bin < bins; bin++) {
      while (above < bands.length - 1 && bands[above].centre < bin) above++
      const [low, high] = [bands[above - 1].centre, bands[above].centre]
      const t = Math.min(Math.max((bin - low) / (high - low), 0), 1)
      const beyond = Math.max(bin - lastCentre, 0) * lnPerBin
      const lnGain = (1 - t) * ln(above - 1) + t * ln(above) - lnWhite - beyond
      gains[bin] = Math.max(Math.exp(lnGain), floor)
    }
    return gains
  }
}

type KnownBand = {
  readonly band: number
  /** Centre of gravity, in bins. */
  readonly centre: number
  readonly lnArea: number
}

/** All but those between two bins. */
function knownBands(filterbank: readonly MelBand[]): KnownBand[] {
  const known = filterbank.flatMap(({ firstBin, weights }, band) => {
    let [area, moment] = [0, 0]
    for (const [index, weight] of weights.entries()) {
      area += weight
      moment += weight * (firstBin + index)
    }
    return area > 0 ? [{ band, centre: moment / area, lnArea: Math.log(area) }] : []
  })
  if (known.length < 2) throw new RangeError('The spectral prior needs a mel of two bands or more')
  return known
}
