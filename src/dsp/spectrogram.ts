/** Spectrograms for display: levels are comparable between takes, whatever their sample rate. */
import { type SignalPart, wholeSignal } from './signal-part.ts'
import { centredFraming, frameCount, spectrumReader } from './stft.ts'

/** A spectrogram in dB relative to full scale, frame-major [frames, bins], with the axes for labels. */
export type Spectrogram = {
  readonly frames: number
  readonly bins: number
  readonly hopSeconds: number
  /** Frequency of the last bin; the first is 0 Hz. */
  readonly highHz: number
  readonly levelsDb: Float32Array<ArrayBuffer>
}

/** Below every displayed noise floor; the level of silence. */
export const minLevelDb = -140

/** Approximate: 1,024 samples at 22,050 Hz, which resolves both the harmonics of a voice and its syllables. */
const windowSeconds = 1024 / 22050

/** Frames of about four minutes, beyond which a picture has far more frames than pixels. */
const maxFrames = 20_000
/** The most frames of longer signals. */
const maxSparseFrames = 12_000

const fftSizeAt = (sampleRateHz: number) =>
  Math.max(32, 2 ** Math.round(Math.log2(windowSeconds * sampleRateHz)))

/**
 * The `hopFactor` of a spectrogram of `length` samples: 1 up to 20,000 frames, 41 MB at 22,050 Hz; for longer ones, that
 * with which it has at most 12,000.
 */
export function hopFactorFor(length: number, sampleRateHz: number): number {
  const frames = length / (fftSizeAt(sampleRateHz) / 4)
  return frames <= maxFrames ? 1 : Math.ceil(frames / maxSparseFrames)
}

/** The layout of a spectrogram of `length` samples, by default with `hopFactorFor` it. */
export function spectrogramLayout(
  length: number,
  sampleRateHz: number,
  hopFactor = hopFactorFor(length, sampleRateHz),
) {
  const fftSize = fftSizeAt(sampleRateHz)
  const hopSamples = (hopFactor * fftSize) / 4
  const framing = centredFraming({ fftSize, hopSamples, windowSamples: fftSize })
  return {
    framing,
    hopFactor,
    frames: frameCount(length, framing),
    bins: fftSize / 2 + 1,
    hopSeconds: hopSamples / sampleRateHz,
    highHz: sampleRateHz / 2,
  }
}

/**
 * Levels of `samples` in [-1, 1]. A full-scale sine reads 0 dB at its bin. The FFT size is the power of two nearest to
 * 46 ms, and frame k is centred on k * hopSeconds. The hop is a quarter of the FFT size, times `hopFactor`.
 */
export function levelSpectrogram(samples: Float32Array, sampleRateHz: number, hopFactor = 1): Spectrogram {
  const { frames, bins, hopSeconds, highHz } = spectrogramLayout(samples.length, sampleRateHz, hopFactor)
  return {
    frames,
    bins,
    hopSeconds,
    highHz,
    levelsDb: levelsOfPart(wholeSignal(samples), sampleRateHz, hopFactor),
  }
}

/** The levels of the frames whose centres are in the part. Its surroundings must hold half of an FFT on each side. */
export function levelsOfPart(
  { samples, first, start, end, total }: SignalPart,
  sampleRateHz: number,
  hopFactor: number,
): Float32Array<ArrayBuffer> {
  const { framing, frames, bins } = spectrogramLayout(total, sampleRateHz, hopFactor)
  const frameFrom = (sample: number) => Math.ceil(sample / framing.hopSamples)
  const [from, to] = [frameFrom(start), end === total ? frames : frameFrom(end)]
  const levelsDb = new Float32Array((to - from) * bins)
  if (levelsDb.length === 0) return levelsDb
  // Half of a sine's amplitude is at positive frequencies, scaled by the sum of the window.
  const fullScale = framing.window.reduce((sum, weight) => sum + weight, 0) / 2
  const minPower = 10 ** (minLevelDb / 10)
  const spectrumOf = spectrumReader(samples, { ...framing, padLeft: framing.padLeft + first })
  for (let frame = from; frame < to; frame++) {
    const spectrum = spectrumOf(frame)
    const row = (frame - from) * bins
    for (let bin = 0; bin < bins; bin++) {
      const power = (spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2) / fullScale ** 2
      levelsDb[row + bin] = 10 * Math.log10(Math.max(power, minPower))
    }
  }
  return levelsDb
}

/** Returns the highest level. It loops, because there are too many values for the arguments of Math.max. */
export function peakLevelDb({ levelsDb }: Pick<Spectrogram, 'levelsDb'>): number {
  let peakDb = Number.NEGATIVE_INFINITY
  for (const levelDb of levelsDb) if (levelDb > peakDb) peakDb = levelDb
  return peakDb
}
