/** Spectrograms for display: levels are comparable between takes, whatever their sample rate. */
import { centredFraming, frameCount } from './framing.ts'

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

/** Returns the highest level. It loops, because there are too many values for the arguments of Math.max. */
export function peakLevelDb({ levelsDb }: Pick<Spectrogram, 'levelsDb'>): number {
  let peakDb = Number.NEGATIVE_INFINITY
  for (const levelDb of levelsDb) if (levelDb > peakDb) peakDb = levelDb
  return peakDb
}
