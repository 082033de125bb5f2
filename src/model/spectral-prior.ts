/**
 * The spectral prior (after SpecGrad, arXiv 2203.16749): the whole short-time envelope that the mel describes. The
 * process runs on the waveform whitened by a zero-phase filter per frame; this file also has the inverse. A band's mean
 * magnitude is its value over the sum of its weights. The logarithm of that magnitude is interpolated between the
 * centres of the bands; relative to the mean magnitude of unit-variance white noise it is the filter's gain.
 *
 * The mel of the result still deviates from the requested one, as noise does from its mean. The result is therefore
 * filtered again, a few times, by the ratio of the requested mel to its own (as GLA-Grad, arXiv 2402.15516, brings
 * Griffin-Lim into WaveGrad). Magnitudes follow the mel; phases and details finer than a band remain the network's.
 * Python counterpart: pretrain/prior.py.
 */
import { melFilterbank, melReader } from '../dsp/mel.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import { frameFilter, hopFraming } from '../dsp/stft.ts'
import { bandInterpolator, knownBands } from './band-hats.ts'

export type SpectralPriorSettings = {
  /** Smallest gain. */
  readonly floor: number
  /** Slope of the gains above the highest band's centre, which the mel does not cover. */
  readonly rolloffDbPerKhz: number
  /** Number of times that the waveform's mel is compared with the requested one. */
  readonly corrections: number
  /**
   * Fraction of the last change by which each correction starts ahead, below 1, as in fast Griffin-Lim (Perraudin et
   * al. 2013).
   */
  readonly momentum: number
}

/** Maximum change in one correction: 20 dB. */
const maxLnCorrection = Math.LN10

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
  const gains = new Float64Array(fftSize / 2 + 1)
  return (frame) => {
    const ln = interpolate(({ band, lnArea }) => mel.values[frame * mel.bands + band] * lnPerUnit - lnArea)
    for (let bin = 0; bin < gains.length; bin++) {
      const beyond = Math.max(bin - lastCentre, 0) * lnPerBin
      gains[bin] = Math.max(Math.exp(ln[bin] - lnWhite - beyond), floor)
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
  return frameFilter(waveform, hopFraming(convention), (frame) => gainsOf(frame).map((gain) => 1 / gain))
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
  const framing = hopFraming(convention)
  let waveform = frameFilter(process, framing, spectralGains(mel, convention, settings))

  const bins = convention.fftSize / 2 + 1
  const interpolate = bandInterpolator(knownBands(melFilterbank(convention)), bins)
  const lnPerUnit = lnPerMelUnit(convention)
  const gains = new Float64Array(bins)
  const melOf = melReader(convention)
  let before = waveform
  for (let correction = 0; correction < corrections; correction++) {
    await betweenPasses()
    const ahead = waveform.map((value, n) => value + momentum * (value - before[n]))
    before = waveform
    waveform = frameFilter(ahead, framing, (frame, spectrum) => {
      const own = melOf(spectrum)
      const ln = interpolate(({ band }) => (mel.values[frame * mel.bands + band] - own[band]) * lnPerUnit)
      for (let bin = 0; bin < gains.length; bin++)
        gains[bin] = Math.exp(Math.min(Math.max(ln[bin], -maxLnCorrection), maxLnCorrection))
      return gains
    })
  }
  return waveform
}

/** Natural logarithm per unit of the mel's logarithm. */
function lnPerMelUnit({ log }: MelConvention): number {
  return log === 'ln' ? 1 : Math.LN10
}

/** Mean log-magnitude of unit-variance noise under the window, from the mean of a Rayleigh variable. */
function lnMeanMagnitudeOfNoise({ windowSamples }: MelConvention): number {
  const hannPower = (3 / 8) * windowSamples // sum of the squared window
  return 0.5 * Math.log((Math.PI / 4) * hannPower)
}
