/**
 * The spectral prior (after SpecGrad, arXiv 2203.16749): the whole short-time envelope that the mel describes. The
 * process runs on the waveform whitened by a zero-phase filter per frame; this file also has the inverse. A band's mean
 * magnitude is its value over the sum of its weights. The logarithm of that magnitude is interpolated between the
 * centres of the bands; relative to the mean magnitude of unit-variance white noise it is the filter's gain.
 *
 * The mel of the result still deviates from the requested one, as noise does from its mean. The result is therefore
 * filtered again, a few times, by the ratio of the requested mel to its own (as GLA-Grad, arXiv 2402.15516, brings
 * Griffin-Lim into WaveGrad). Magnitudes follow the mel; phases and details finer than a band remain the network's.
 * Python counterpart: pretrain/speech/prior.py.
 */

import { melReader } from '../../dsp/mel/mel.ts'
import { melFilterbank } from '../../dsp/mel/mel-filterbank.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import { hopFraming } from '../../dsp/spectra/framing.ts'
import { type FrameGainsOf, frameFilter, frameFilterFor } from '../../dsp/spectra/stft.ts'
import { bandInterpolator, knownBands } from './band-hats.ts'

export type SpectralPriorSettings = {
  /** Smallest gain. */
  readonly floor: number
  /** Slope of the gains above the highest band's centre, which the mel does not cover. */
  readonly rolloffDbPerKhz: number
  /** Number of times that the waveform's mel is compared with the requested one. */
  readonly corrections: number
  /**
   * Fraction of the previous change that is added again before each correction, below 1, as in fast Griffin-Lim
   * (Perraudin et al. 2013).
   */
  readonly momentum: number
}

/** Maximum change in one correction, in nats: 20 dB. */
export const maxLnCorrection = Math.LN10

/** The gains of a frame, from the mel alone: one per bin, at least the floor; the next call overwrites them. */
export type FrameGains = (frame: number) => Float64Array

/** The filter that gives white noise this mel. */
export function spectralGains(
  mel: MelSpectrogram,
  convention: MelConvention,
  { floor, rolloffDbPerKhz }: Pick<SpectralPriorSettings, 'floor' | 'rolloffDbPerKhz'>,
): FrameGains {
  const { fftSize, sampleRateHz } = convention
  const bands = knownBands(melFilterbank(convention))
  const interpolate = bandInterpolator(bands, fftSize / 2 + 1)
  const lnPerUnit = lnPerMelUnit(convention)
  const lnPerBin = ((rolloffDbPerKhz * Math.LN10) / 20) * (sampleRateHz / fftSize / 1000)
  const lastCentre = bands[bands.length - 1].centre
  const lnWhite = lnMeanMagnitudeOfNoise(convention)
  const bins = fftSize / 2 + 1
  const beyond = Float64Array.from({ length: bins }, (_, bin) => Math.max(bin - lastCentre, 0) * lnPerBin)
  const atBands = new Float64Array(bands.length)
  const gains = new Float64Array(bins)
  return (frame) => {
    for (let index = 0; index < bands.length; index++) {
      const { band, lnArea } = bands[index]
      atBands[index] = mel.values[frame * mel.bands + band] * lnPerUnit - lnArea
    }
    const ln = interpolate(atBands)
    for (let bin = 0; bin < bins; bin++) {
      const gain = Math.exp(ln[bin] - lnWhite - beyond[bin])
      gains[bin] = gain > floor ? gain : floor
    }
    return gains
  }
}

/** waveform [frames * hop] -> process [frames * hop], by the inverse filter. */
export function whitenSpectrum(
  waveform: Float32Array,
  gainsOf: FrameGains,
  convention: MelConvention,
): Float32Array<ArrayBuffer> {
  return frameFilter(waveform, hopFraming(convention), (frame) => {
    const gains = gainsOf(frame)
    for (let bin = 0; bin < gains.length; bin++) gains[bin] = 1 / gains[bin]
    return gains
  })
}

/**
 * process [frames * hop] -> waveform [frames * hop], not clipped. `betweenPasses` is awaited before each correction,
 * which takes about as long as a Fourier transform and its inverse; if it rejects, so does this.
 */
export async function shapeSpectrum(
  process: Float32Array,
  mel: MelSpectrogram,
  convention: MelConvention,
  settings: SpectralPriorSettings,
  betweenPasses: () => Promise<void>,
): Promise<Float32Array<ArrayBuffer>> {
  const { corrections, momentum } = settings
  const samples = process.length
  const filter = frameFilterFor(hopFraming(convention), samples)
  const waveform = new Float32Array(samples)
  filter(process, spectralGains(mel, convention, settings), waveform)
  if (corrections === 0) return waveform

  const gainsOf = correctingGains(mel, convention)
  const before = waveform.slice()
  const ahead = new Float32Array(samples)
  for (let correction = 0; correction < corrections; correction++) {
    await betweenPasses()
    for (let n = 0; n < samples; n++) ahead[n] = waveform[n] + momentum * (waveform[n] - before[n])
    before.set(waveform)
    filter(ahead, gainsOf, waveform)
  }
  return waveform
}

/** The gains of one correction: the ratio of the requested mel to that of the given spectrum, up to 20 dB. */
function correctingGains(mel: MelSpectrogram, convention: MelConvention): FrameGainsOf {
  const bins = convention.fftSize / 2 + 1
  const bands = knownBands(melFilterbank(convention))
  const interpolate = bandInterpolator(bands, bins)
  const lnPerUnit = lnPerMelUnit(convention)
  const melOf = melReader(convention)
  const atBands = new Float64Array(bands.length)
  const gains = new Float64Array(bins)
  return (frame, spectrum) => {
    const own = melOf(spectrum)
    for (let index = 0; index < bands.length; index++) {
      const { band } = bands[index]
      atBands[index] = (mel.values[frame * mel.bands + band] - own[band]) * lnPerUnit
    }
    setCorrectingGains(gains, interpolate(atBands))
    return gains
  }
}

/** Sets `gains` to those of the requested ln gains, limited to 20 dB up and down. */
export function setCorrectingGains(gains: Float64Array, ln: Float64Array): void {
  for (let bin = 0; bin < gains.length; bin++) {
    const value = ln[bin]
    gains[bin] = Math.exp(
      value > maxLnCorrection ? maxLnCorrection : value < -maxLnCorrection ? -maxLnCorrection : value,
    )
  }
}

/** Natural logarithm per unit of the mel's logarithm. */
export function lnPerMelUnit({ log }: MelConvention): number {
  return log === 'ln' ? 1 : Math.LN10
}

/** Mean log-magnitude of unit-variance noise under the window, from the mean of a Rayleigh variable. */
function lnMeanMagnitudeOfNoise({ windowSamples }: MelConvention): number {
  const hannPower = (3 / 8) * windowSamples // sum of the squared window
  return 0.5 * Math.log((Math.PI / 4) * hannPower)
}
