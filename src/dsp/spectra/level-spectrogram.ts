/** Computes spectrograms for display. */
import { type SignalPart, wholeSignal } from '../signals/signal-part.ts'
import { minLevelDb, type Spectrogram, spectrogramLayout } from './spectrogram.ts'
import { spectrumReader } from './stft.ts'

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
