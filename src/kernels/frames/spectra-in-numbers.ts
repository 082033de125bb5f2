/** The kernels of framed-spectra.ts as FFTs of plain numbers, for backends whose tensors are in host memory. */
import { realFft } from '../../dsp/spectra/fft.ts'
import type { framedSizes } from './framed-spectra.ts'

type Sizes = ReturnType<typeof framedSizes>

/** Writes the spectra of x [batch, samples] to `re` and `im`, [batch * frames, bins]; `window` has fftSize weights. */
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

/** Writes the transpose of that map, applied to `re` and `im`, to `x` [batch, samples]. */
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
    // The inverse FFT divides by fftSize and counts all bins except the first and the last twice.
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
