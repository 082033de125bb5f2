/**
 * Brings spectra of a short window to the resolution of a longer one. A longer window sees narrower peaks and averages
 * over more time. The power of a spectrum is that of its components, spread by the window: it is deconvolved in frequency
 * by expectation-maximisation (Richardson 1972, Lucy 1974), spread again as the longer window does, and averaged in time.
 */
import type { MelConvention, MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'

type Window = Pick<MelConvention, 'windowSamples' | 'sampleRateHz'>

/** Windows whose lengths differ by less are treated as equal. */
const minLengthRatio = 1.33

/**
 * The mean error of speech at 44.1 kHz with windows of 23 ms was .15 nats after 8 updates and .14 after 16; with neither
 * this nor the averaging in time it was .34.
 */
const updates = 16

export const windowSeconds = ({ windowSamples, sampleRateHz }: Window): number => windowSamples / sampleRateHz

export function isShort(source: Window, target: Window): boolean {
  return windowSeconds(target) > minLengthRatio * windowSeconds(source)
}

/**
 * Returns a function that resolves one spectrum of magnitudes, with bins `hzPerBin` apart, in place. The magnitude of a
 * sine stays as it is.
 */
export function frequencyResolver(source: Window, target: Window, bins: number, hzPerBin: number) {
  const wide = hannPower(windowSeconds(source), hzPerBin)
  const narrow = hannPower(windowSeconds(target), hzPerBin)
  const total = convolve(new Float64Array(bins).fill(1), wide, new Float64Array(bins))
  const [power, components, predicted, correction] = Array.from({ length: 4 }, () => new Float64Array(bins))
  return (magnitudes: Float64Array): void => {
    for (let bin = 0; bin < bins; bin++) {
      power[bin] = magnitudes[bin] ** 2
      components[bin] = power[bin] / total[bin]
    }
    for (let update = 0; update < updates; update++) {
      convolve(components, wide, predicted)
      for (let bin = 0; bin < bins; bin++)
        predicted[bin] = predicted[bin] > 0 ? power[bin] / predicted[bin] : 0
      convolve(predicted, wide, correction)
      for (let bin = 0; bin < bins; bin++) components[bin] *= correction[bin] / total[bin]
    }
    convolve(components, narrow, power)
    for (let bin = 0; bin < bins; bin++) magnitudes[bin] = Math.sqrt(power[bin])
  }
}

/**
 * The power of a Hann window's spectrum, 1 at its peak, from bin -n to n: its main lobe ends 2 / duration from its peak,
 * and its side lobes are below -31 dB.
 */
function hannPower(seconds: number, hzPerBin: number): Float64Array {
  const reach = Math.max(0, Math.ceil(2 / (seconds * hzPerBin)) - 1)
  return Float64Array.from({ length: 2 * reach + 1 }, (_, index) => {
    const x = Math.abs(index - reach) * hzPerBin * seconds
    if (x === 0) return 1
    if (Math.abs(x - 1) < 1e-6) return 0.25
    return (Math.sin(Math.PI * x) / (Math.PI * x * (1 - x * x))) ** 2
  })
}

/** Convolves with a symmetric kernel of odd length; there is nothing beyond the ends. Returns `result`. */
function convolve(values: Float64Array, kernel: Float64Array, result: Float64Array): Float64Array {
  const reach = kernel.length >> 1
  for (let at = 0; at < values.length; at++) {
    const first = Math.max(-reach, -at)
    const last = Math.min(reach, values.length - 1 - at)
    let sum = 0
    for (let step = first; step <= last; step++) sum += values[at + step] * kernel[reach + step]
    result[at] = sum
  }
  return result
}

/** The variance of time under the square of a Hann window, over the square of its duration: 1/12 - 5/(8 pi^2). */
const hannVariance = 1 / 12 - 5 / (8 * Math.PI ** 2)

/** The standard deviation, in seconds, of the Gaussian that spreads the short window's power in time as the longer one does. */
export function smoothingSeconds(source: Window, target: Window): number {
  return Math.sqrt(hannVariance * (windowSeconds(target) ** 2 - windowSeconds(source) ** 2))
}

/** A narrower Gaussian would step from frame to frame; this one interpolates between them. */
const minDeviation = 0.4

type Averaging = {
  readonly frames: number
  /** The position of a frame of the result, in frames of the source. */
  readonly positionOf: (frame: number) => number
  /** The standard deviation of the Gaussian, in frames of the source. */
  readonly deviation: number
}

/** Averages the power of a mel of ln magnitudes around the positions of new frames; the end frames are repeated. */
export function averagedInTime(
  mel: MelSpectrogram,
  { frames, positionOf, deviation }: Averaging,
): MelSpectrogram {
  const { bands } = mel
  const spread = Math.max(minDeviation, deviation)
  const reach = 3 * spread
  const values = new Float32Array(frames * bands)
  const power = new Float64Array(bands)
  for (let frame = 0; frame < frames; frame++) {
    const position = positionOf(frame)
    let total = 0
    power.fill(0)
    for (let at = Math.ceil(position - reach); at <= position + reach; at++) {
      const weight = Math.exp(-0.5 * ((at - position) / spread) ** 2)
      const row = Math.min(Math.max(at, 0), mel.frames - 1) * bands
      for (let band = 0; band < bands; band++) power[band] += weight * Math.exp(2 * mel.values[row + band])
      total += weight
    }
    for (let band = 0; band < bands; band++)
      values[frame * bands + band] = 0.5 * Math.log(power[band] / total)
  }
  return { frames, bands, values }
}
