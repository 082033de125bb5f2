/** The kernels of framed-spectra.ts by fast transforms of plain numbers, for backends whose tensors lie in memory. */
import { realFft } from '../dsp/fft.ts'
import type { framedSizes } from './framed-spectra.ts'

type Sizes = ReturnType<typeof framedSizes>

/** Overwrites `re` and `im`, [batch * frames, bins], with the spectra of x, [batch, samples]; `window` has fftSize weights. */
export function writeSpectra(
  x: Float32Array,
  window: Float32Array,
  { batch, frames, hopSamples, fftSize, bins, samples }: Sizes,
  re: Float32Array,
  im: Float32Array,
): void {
  const fft = realFft(fftSize)
  const frame = new Float64Array(fftSize)
  const spectrum = new Float64Array(2 * bins)
  for (let row = 0; row < batch * frames; row++) {
    const start = Math.floor(row / frames) * samples + (row % frames) * hopSamples
    for (let n = 0; n < fftSize; n++) frame[n] = x[start + n] * window[n]
    fft.forward(frame, spectrum)
    const first = row * bins
    for (let bin = 0; bin < bins; bin++) {
      re[first + bin] = spectrum[2 * bin]
      im[first + bin] = spectrum[2 * bin + 1]
    }
  }
}

/** Overwrites `x`, [batch, samples], with the transposed of the same for `re` and `im`. */
export function writeSpectraTransposed(
  re: Float32Array,
  im: Float32Array,
  window: Float32Array,
  { batch, frames, hopSamples, fftSize, bins, samples }: Sizes,
  x: Float32Array,
): void {
  const fft = realFft(fftSize)
  const frame = new Float64Array(fftSize)
  const spectrum = new Float64Array(2 * bins)
  x.fill(0)
  for (let row = 0; row < batch * frames; row++) {
    const first = row * bins
    // The inverse divides by fftSize and counts all but the first and the last bin twice.
    for (let bin = 0; bin < bins; bin++) {
      const once = bin % (bins - 1) === 0 ? fftSize : fftSize / 2
      spectrum[2 * bin] = re[first + bin] * once
      spectrum[2 * bin + 1] = im[first + bin] * once
    }
    fft.inverse(spectrum, frame)
    const start = Math.floor(row / frames) * samples + (row % frames) * hopSamples
    for (let n = 0; n < fftSize; n++) x[start + n] += frame[n] * window[n]
  }
}
