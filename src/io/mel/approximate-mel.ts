/**
 * Converts a mel of one analysis to another, approximately: a linear spectrum is fitted to its bands and reduced by the
 * target's filterbank, and the logarithms are interpolated in time. Lost information (detail within a band, frequencies
 * outside its bands) is not restored.
 */
import { applyFilterbank, melFilterbank } from '../../dsp/mel.ts'
import { melToMagnitudes } from '../../dsp/mel-inversion.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'

/** Spectra are ten times as large as their mels, so they are computed for this many frames at a time. */
const framesAtOnce = 256

/**
 * `mel` holds ln of magnitudes in the convention `source`. `isPower` means that its bands sum power, of which `mel`
 * holds half the ln. The result holds ln of magnitudes in the convention `target`, raised to its floor.
 */
export function approximateMel(
  mel: MelSpectrogram,
  source: MelConvention,
  target: MelConvention,
  isPower: boolean,
): MelSpectrogram {
  const exponent = isPower ? 2 : 1
  const filterbank = melFilterbank(target)
  const sourceBins = source.fftSize / 2 + 1
  // Broadband magnitudes grow with the square root of the window's energy.
  const gain = Math.sqrt(target.windowSamples / source.windowSamples)
  const binRatio = target.sampleRateHz / target.fftSize / (source.sampleRateHz / source.fftSize)
  const magnitudes = new Float64Array(target.fftSize / 2 + 1)
  const energies = new Float64Array(target.bands)
  const values = new Float32Array(mel.frames * target.bands)
  for (let first = 0; first < mel.frames; first += framesAtOnce) {
    const frames = Math.min(framesAtOnce, mel.frames - first)
    const part = mel.values.subarray(first * source.bands, (first + frames) * source.bands)
    const logarithms = part.map((value) => exponent * value)
    const spectra = melToMagnitudes(
      { frames, bands: source.bands, values: logarithms },
      { ...source, log: 'ln' },
    )
    for (let frame = 0; frame < frames; frame++) {
      const spectrum = spectra.subarray(frame * sourceBins, (frame + 1) * sourceBins)
      for (let bin = 0; bin < magnitudes.length; bin++) {
        magnitudes[bin] = gain * interpolated(spectrum, bin * binRatio) ** (1 / exponent)
      }
      applyFilterbank(filterbank, magnitudes, energies)
      for (let band = 0; band < target.bands; band++) {
        values[(first + frame) * target.bands + band] = Math.log(Math.max(energies[band], target.floor))
      }
    }
  }
  return retimed({ frames: mel.frames, bands: target.bands, values }, source, target)
}

/** Interpolates linearly; 0 beyond the last bin. */
function interpolated(spectrum: Float32Array, position: number): number {
  const bin = Math.floor(position)
  if (bin >= spectrum.length) return 0
  const next = spectrum[bin + 1] ?? 0
  return spectrum[bin] + (position - bin) * (next - spectrum[bin])
}

/** Frame k of either analysis is at the middle of its hop; times beyond the ends repeat the end frame. */
function retimed(mel: MelSpectrogram, source: MelConvention, target: MelConvention): MelSpectrogram {
  const { bands } = mel
  const ratio = target.hopSamples / target.sampleRateHz / (source.hopSamples / source.sampleRateHz)
  if (ratio === 1) return mel
  const frames = Math.max(1, Math.round(mel.frames / ratio))
  const values = new Float32Array(frames * bands)
  for (let frame = 0; frame < frames; frame++) {
    const position = Math.min(Math.max((frame + 0.5) * ratio - 0.5, 0), mel.frames - 1)
    const before = Math.floor(position)
    const after = Math.min(before + 1, mel.frames - 1)
    for (let band = 0; band < bands; band++) {
      const low = mel.values[before * bands + band]
      const high = mel.values[after * bands + band]
      values[frame * bands + band] = low + (position - before) * (high - low)
    }
  }
  return { frames, bands, values }
}
