/**
 * Converts a mel of one analysis to another, approximately: a linear spectrum is fitted to its bands and reduced by the
 * target's filterbank, and the logarithms are interpolated in time; spectra of much shorter windows are brought to the
 * target's resolution. Lost information (detail within a band, frequencies far outside of its bands) is not restored.
 */
import { applyFilterbank, type MelBand, melFilterbank } from '../../../dsp/mel/mel-filterbank.ts'
import { melToMagnitudes } from '../../../dsp/mel/mel-inversion.ts'
import type { MelConvention, MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import type { MelReading } from '../mel-reading.ts'
import {
  averagedInTime,
  frequencyResolver,
  isShort,
  smoothingSeconds,
  windowSeconds,
} from './short-window.ts'

/** Spectra are ten times as large as their mels, so they are computed for this many frames at a time. */
const framesAtOnce = 256

/**
 * Exponent with which the mean magnitude of a band grows with the window's duration: 1/2 for noise, 0 for tones, whose
 * peaks become higher but narrower. It was measured on speech of three voices with windows of 25 to 50 ms.
 */
const durationExponent = 0.42

/**
 * The mean of a spectrum's magnitudes in a band, divided by the root of its mean power there. It is below 1, because
 * spectra are not flat. Measured on speech of three voices.
 */
const magnitudePerRootPower = 0.95

/** Up to this factor in frequency, the spectrum beyond the source's last band gets the height of that band. */
const furthestExtension = 1.12

/** Speech recordings fall towards 0 Hz by about as much as this; measured on three voices below bands from 80 Hz. */
const nepersPerHzBelow = 0.04

type Source = Pick<MelReading, 'values' | 'convention' | 'framing' | 'preEmphasis' | 'filterRateHz'>

/**
 * `mel` holds ln of magnitudes in the analysis of `source`, or half the ln of power if its bands sum power. The result
 * holds ln of magnitudes in the convention `target`, raised to its floor.
 */
export function approximateMel(mel: MelSpectrogram, source: Source, target: MelConvention): MelSpectrogram {
  const { convention, filterRateHz } = source
  const exponent = source.values.of === 'power' ? 2 : 1
  const filters = { ...convention, sampleRateHz: filterRateHz ?? convention.sampleRateHz, log: 'ln' } as const
  const sourceBank = melFilterbank(filters)
  const filterbank = melFilterbank(target)
  const sourceBins = convention.fftSize / 2 + 1
  const hzPerSourceBin = convention.sampleRateHz / convention.fftSize
  const binRatio = target.sampleRateHz / target.fftSize / hzPerSourceBin
  const gains = binGains(source, target)
  const magnitudes = new Float64Array(target.fftSize / 2 + 1)
  const hzPerBin = target.sampleRateHz / target.fftSize
  const resolve = isShort(convention, target)
    ? frequencyResolver(convention, target, magnitudes.length, hzPerBin)
    : undefined
  const energies = new Float64Array(target.bands)
  const values = new Float32Array(mel.frames * target.bands)
  for (let first = 0; first < mel.frames; first += framesAtOnce) {
    const frames = Math.min(framesAtOnce, mel.frames - first)
    const part = mel.values.subarray(first * convention.bands, (first + frames) * convention.bands)
    const logarithms = part.map((value) => exponent * value)
    const spectra = melToMagnitudes({ frames, bands: convention.bands, values: logarithms }, filters)
    for (let frame = 0; frame < frames; frame++) {
      const spectrum = spectra.subarray(frame * sourceBins, (frame + 1) * sourceBins)
      extendEdges(spectrum, sourceBank, Math.exp(-exponent * nepersPerHzBelow * hzPerSourceBin))
      for (let bin = 0; bin < magnitudes.length; bin++) {
        magnitudes[bin] = interpolated(spectrum, bin * binRatio) ** (1 / exponent)
      }
      resolve?.(magnitudes)
      for (let bin = 0; bin < magnitudes.length; bin++) magnitudes[bin] *= gains[bin]
      applyFilterbank(filterbank, magnitudes, energies)
      for (let band = 0; band < target.bands; band++) {
        values[(first + frame) * target.bands + band] = Math.log(Math.max(energies[band], target.floor))
      }
    }
  }
  return retimed({ frames: mel.frames, bands: target.bands, values }, source, target)
}

/** The factor from a magnitude of the source to one of the target, per bin of the target. */
function binGains({ values, convention, preEmphasis }: Source, target: MelConvention): Float64Array {
  // A resolver keeps sines as they are, which grow with the duration.
  const exponent = isShort(convention, target) ? 1 : durationExponent
  const level =
    (target.sampleRateHz / convention.sampleRateHz) *
    (windowSeconds(target) / windowSeconds(convention)) ** exponent *
    (values.of === 'power' ? magnitudePerRootPower : 1)
  return Float64Array.from({ length: target.fftSize / 2 + 1 }, (_, bin) => {
    const hz = (bin * target.sampleRateHz) / target.fftSize
    const phase = (2 * Math.PI * hz) / convention.sampleRateHz
    // |1 - a exp(-j phase)|, the response of the pre-emphasis.
    const emphasis = Math.hypot(1 - preEmphasis * Math.cos(phase), preEmphasis * Math.sin(phase))
    return level / emphasis
  })
}

/** Gives the bins next to the covered ones the height of the outermost bands, times `fall` per bin towards 0 Hz. */
function extendEdges(spectrum: Float32Array, filterbank: readonly MelBand[], fall: number): void {
  const covered = filterbank.filter(({ weights }) => weights.some((weight) => weight > 0))
  const [lowest, highest] = [covered[0], covered.at(-1)]
  if (!lowest || !highest) return
  const end = highest.firstBin + highest.weights.length
  let height = heightOf(spectrum, lowest)
  for (let bin = lowest.firstBin - 1; bin >= 0; bin--) {
    height *= fall
    spectrum[bin] = height
  }
  spectrum.fill(heightOf(spectrum, highest), end, Math.ceil(end * furthestExtension))
}

/** The mean of the spectrum in one band, weighted by its filter. */
function heightOf(spectrum: Float32Array, { firstBin, weights }: MelBand): number {
  let sum = 0
  let total = 0
  for (let index = 0; index < weights.length; index++) {
    sum += weights[index] * spectrum[firstBin + index]
    total += weights[index]
  }
  return sum / total
}

/** Interpolates linearly; 0 beyond the last bin. */
function interpolated(spectrum: Float32Array, position: number): number {
  const bin = Math.floor(position)
  if (bin >= spectrum.length) return 0
  const next = spectrum[bin + 1] ?? 0
  return spectrum[bin] + (position - bin) * (next - spectrum[bin])
}

/** Places the frames of the target, which are at the middle of their hops; times beyond the ends repeat the end frame. */
function retimed(
  mel: MelSpectrogram,
  { convention: source, framing }: Source,
  target: MelConvention,
): MelSpectrogram {
  const { bands } = mel
  const ratio = target.hopSamples / target.sampleRateHz / (source.hopSamples / source.sampleRateHz)
  // Both are in hops of the source: the centre of its frame 0, and the length of the signal.
  const offset =
    framing === 'centred' ? 0 : framing === 'padded' ? 0.5 : source.windowSamples / source.hopSamples / 2
  const length = mel.frames - 1 + 2 * offset
  // Half a hop is inaudible, and shifting the frames by it would blur them.
  if (ratio === 1) return mel
  const frames = Math.max(1, Math.round(length / ratio))
  if (isShort(source, target)) {
    return averagedInTime(mel, {
      frames,
      positionOf: (frame) => (frame + 0.5) * ratio - offset,
      deviation: (smoothingSeconds(source, target) * source.sampleRateHz) / source.hopSamples,
    })
  }
  const lowest = Math.log(target.floor)
  const values = new Float32Array(frames * bands)
  for (let frame = 0; frame < frames; frame++) {
    const position = Math.min(Math.max((frame + 0.5) * ratio - offset, 0), mel.frames - 1)
    const before = Math.floor(position)
    const weights = cubicWeights(position - before)
    const around = [-1, 0, 1, 2].map((step) => Math.min(Math.max(before + step, 0), mel.frames - 1) * bands)
    for (let band = 0; band < bands; band++) {
      let sum = 0
      for (let i = 0; i < 4; i++) sum += weights[i] * mel.values[around[i] + band]
      values[frame * bands + band] = Math.max(sum, lowest)
    }
  }
  return { frames, bands, values }
}

/** Catmull-Rom's weights of the values at -1, 0, 1 and 2 for a position from 0 to 1. They sum to 1. */
function cubicWeights(t: number): readonly [number, number, number, number] {
  return [
    ((2 - t) * t - 1) * t * 0.5,
    ((3 * t - 5) * t * t + 2) * 0.5,
    ((4 - 3 * t) * t + 1) * t * 0.5,
    (t - 1) * t * t * 0.5,
  ]
}
