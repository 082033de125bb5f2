/**
 * Mel corrections of voiced speech below 1 kHz, where the mel shows single harmonics. All corrections run on the low band
 * alone, at an eighth of the sample rate. Their sum is added where the pitch network finds a voice: elsewhere corrections
 * spread sound ahead of onsets.
 * Python counterpart: pretrain/speech/voiced_corrections.py.
 */
import type { MelCorrections } from '../base/mel-corrections.ts'
import { applyFilterbank, type MelBand, melFilterbank } from '../dsp/mel/mel-filterbank.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import { kaiserWindow } from '../dsp/signals/kaiser.ts'
import { hopFraming } from '../dsp/spectra/framing.ts'
import { type FrameGainsOf, frameFilterFor } from '../dsp/spectra/stft.ts'
import { bandInterpolator, bandsWithCentres, type KnownBand } from './prior/band-hats.ts'
import { lnPerMelUnit, setCorrectingGains } from './prior/spectral-prior.ts'

/** The highest centre of a corrected band. */
const belowHz = 1000
const decimation = 8
/** Even, so that a sample of the low rate lies between two samples, as the centre of a frame does. */
const taps = 128
const kaiserBeta = 7

/** Frames on each side that a corrected frame depends on. */
export function voicedHaloFrames({ fftSize, hopSamples }: MelConvention, count: number): number {
  const filters = Math.ceil(taps / hopSamples) // one half before the corrections, one half after them
  const voicing = 1
  return count * Math.ceil(fftSize / hopSamples) + filters + voicing
}

/**
 * Whether a model can make voiced corrections: only networks on frames estimate the voicing, and the mel must have whole
 * frames at the low rate, and bands below 1 kHz.
 */
export function correctsVoiced({ architecture, prior, mel }: Corrected): boolean {
  const { fftSize, hopSamples, windowSamples } = mel
  const areWhole = [fftSize, hopSamples, windowSamples].every((size) => size % (2 * decimation) === 0)
  if (architecture !== 'frames' || prior !== 'spectral' || !areWhole) return false
  const { corrected, withNext } = lowBands(mel)
  return corrected.length > 0 && withNext.length > 1
}

type Corrected = { readonly architecture: string; readonly prior: string; readonly mel: MelConvention }

/**
 * waveform [frames * hop], its requested mel, and the voicing of each frame, 0..1 -> waveform, a new array, not clipped.
 * `betweenPasses` is awaited before each correction; if it rejects, so does this.
 */
export async function correctVoiced(
  waveform: Float32Array,
  mel: MelSpectrogram,
  voicing: ArrayLike<number>,
  convention: MelConvention,
  { count, momentum }: Pick<MelCorrections, 'count' | 'momentum'>,
  betweenPasses: () => Promise<void>,
): Promise<Float32Array<ArrayBuffer>> {
  const kernel = lowPassKernel(convention)
  const low = decimated(waveform, kernel)
  const start = low.slice()
  const before = low.slice()
  const ahead = new Float32Array(low.length)
  const filter = frameFilterFor(lowFraming(convention), low.length)
  const gainsOf = correctingGains(mel, convention)
  for (let pass = 0; pass < count; pass++) {
    await betweenPasses()
    for (let n = 0; n < low.length; n++) ahead[n] = low[n] + momentum * (low[n] - before[n])
    before.set(low)
    filter(ahead, gainsOf, low)
  }
  for (let n = 0; n < low.length; n++) low[n] -= start[n]
  const change = interpolated(low, kernel)
  const { hopSamples } = convention
  const last = mel.frames - 1
  return Float32Array.from(waveform, (value, n) => {
    const at = Math.min(Math.max((n + 0.5) / hopSamples - 0.5, 0), last)
    const frame = Math.floor(at)
    const next = voicing[Math.min(frame + 1, last)]
    return value + change[n] * (voicing[frame] + (at - frame) * (next - voicing[frame]))
  })
}

function lowFraming({ fftSize, hopSamples, windowSamples }: MelConvention) {
  return hopFraming({
    fftSize: fftSize / decimation,
    hopSamples: hopSamples / decimation,
    windowSamples: windowSamples / decimation,
  })
}

const hzOf = ({ centre }: KnownBand, { sampleRateHz, fftSize }: MelConvention) =>
  (centre * sampleRateHz) / fftSize

type LowBands = {
  /** The bands whose centre lies at most at `belowHz`. */
  readonly corrected: readonly KnownBand[]
  /** These and the next one, towards whose centre the gains return to 1. */
  readonly withNext: readonly KnownBand[]
}

function lowBands(convention: MelConvention): LowBands {
  const bands = bandsWithCentres(melFilterbank(convention))
  const count = bands.filter((band) => hzOf(band, convention) <= belowHz).length
  return { corrected: bands.slice(0, count), withNext: bands.slice(0, count + 1) }
}

/** The gains of a frame at the low rate: the ratio of the requested mel to its own in the low bands, up to 20 dB. */
function correctingGains(mel: MelSpectrogram, convention: MelConvention): FrameGainsOf {
  const bins = convention.fftSize / decimation / 2 + 1
  const { corrected, withNext } = lowBands(convention)
  const interpolate = bandInterpolator(withNext, bins)
  const filterbank = melFilterbank(convention)
  const filters = corrected.map(({ band }) => atLowRate(filterbank[band], bins))
  const lnPerUnit = lnPerMelUnit(convention)
  const { floor } = convention
  const epsilon = convention.magnitudeEpsilon / decimation ** 2
  const magnitudes = new Float64Array(bins)
  const own = new Float64Array(corrected.length)
  /** ln of the gains; that of the next band stays 0. */
  const atBands = new Float64Array(withNext.length)
  const gains = new Float64Array(bins)
  return (frame, spectrum) => {
    for (let bin = 0; bin < bins; bin++) {
      const re = spectrum[2 * bin]
      const im = spectrum[2 * bin + 1]
      magnitudes[bin] = Math.sqrt(re * re + im * im + epsilon)
    }
    applyFilterbank(filters, magnitudes, own)
    for (let index = 0; index < corrected.length; index++) {
      const asked = mel.values[frame * mel.bands + corrected[index].band] * lnPerUnit
      atBands[index] = asked - Math.log(Math.max(own[index], floor))
    }
    setCorrectingGains(gains, interpolate(atBands))
    return gains
  }
}

/** The band's filter within `bins`; a transform of fewer samples has smaller magnitudes. */
function atLowRate({ firstBin, weights }: MelBand, bins: number): MelBand {
  const within = weights.subarray(0, Math.max(0, bins - firstBin))
  return { firstBin, weights: within.map((weight) => weight * decimation) }
}

/** A low-pass filter between the highest corrected band and half the low rate, with a gain of 1 at 0 Hz. */
function lowPassKernel(convention: MelConvention): Float64Array {
  const { sampleRateHz } = convention
  const { corrected } = lowBands(convention)
  const topHz = hzOf(corrected[corrected.length - 1], convention)
  const lowNyquistHz = sampleRateHz / decimation / 2
  /** Relative to half the sample rate. */
  const cutoff = (topHz + lowNyquistHz) / sampleRateHz
  const middle = (taps - 1) / 2
  const kernel = Float64Array.from({ length: taps }, (_, tap) => {
    const angle = Math.PI * cutoff * (tap - middle)
    return (Math.sin(angle) / angle) * kaiserWindow((tap - middle) / middle, kaiserBeta)
  })
  const gain = kernel.reduce((sum, tap) => sum + tap, 0)
  return kernel.map((tap) => tap / gain)
}

/** Samples before sample 0 of a block of `decimation` samples to which the kernel reaches. */
const reach = (taps - decimation) / 2

/** Sample j of the result lies between samples 8 j + 3 and 8 j + 4; the signal is zero outside. */
function decimated(samples: Float32Array, kernel: Float64Array): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: samples.length / decimation }, (_, j) => {
    const start = decimation * j - reach
    const first = Math.max(0, -start)
    const end = Math.min(taps, samples.length - start)
    let sum = 0
    for (let tap = first; tap < end; tap++) sum += kernel[tap] * samples[start + tap]
    return sum
  })
}

/** The inverse of `decimated` for the low band. */
function interpolated(low: Float32Array, kernel: Float64Array): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(low.length * decimation)
  for (let j = 0; j < low.length; j++) {
    const start = decimation * j - reach
    const first = Math.max(0, -start)
    const end = Math.min(taps, samples.length - start)
    const value = low[j] * decimation
    for (let tap = first; tap < end; tap++) samples[start + tap] += value * kernel[tap]
  }
  return samples
}
