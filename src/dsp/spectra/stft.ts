/** Short-time Fourier transform and its inverse, for any framing. */
import { realFft } from './fft.ts'
import { type Framing, frameCount } from './framing.ts'

/** Frame-major, with real and imaginary parts interleaved: `values[2 * (frame * bins + bin)]`. */
export type ComplexSpectrogram = {
  readonly frames: number
  readonly bins: number
  readonly values: Float32Array<ArrayBuffer>
}

/**
 * The index that `index`, inside or outside 0 .. length, maps to when the signal is mirrored at its ends, repeatedly.
 */
function reflectedIndex(index: number, length: number): number {
  if (length === 1) return 0
  const period = 2 * (length - 1)
  const within = ((index % period) + period) % period
  return within < length ? within : period - within
}

/** Writes frame `frame` of `samples`, which must not be empty, windowed, to `windowed`. */
function cutFrame(samples: ArrayLike<number>, framing: Framing, frame: number, windowed: Float64Array): void {
  const { window, fftSize } = framing
  const start = frame * framing.hopSamples - framing.padLeft
  if (start >= 0 && start + fftSize <= samples.length) {
    for (let n = 0; n < fftSize; n++) windowed[n] = samples[start + n] * window[n]
  } else {
    for (let n = 0; n < fftSize; n++)
      windowed[n] = samples[reflectedIndex(start + n, samples.length)] * window[n]
  }
}

/**
 * Computes spectra of `samples`, which must not be empty, on demand. The returned function gives the spectrum of a
 * frame: 2 * (fftSize / 2 + 1) numbers, real and imaginary parts interleaved, overwritten by the next call.
 */
export function spectrumReader(
  samples: ArrayLike<number>,
  framing: Framing,
): (frame: number) => Float64Array {
  const fft = realFft(framing.fftSize)
  const windowed = new Float64Array(framing.fftSize)
  const spectrum = new Float64Array(2 * fft.bins)
  return (frame) => {
    cutFrame(samples, framing, frame, windowed)
    fft.forward(windowed, spectrum)
    return spectrum
  }
}

/** Calls `visit` with the spectrum of every frame, in the layout of `spectrumReader`. */
export function visitSpectra(
  samples: ArrayLike<number>,
  framing: Framing,
  visit: (spectrum: Float64Array, frame: number) => void,
): void {
  const frames = frameCount(samples.length, framing)
  const spectrumOf = spectrumReader(samples, framing)
  for (let frame = 0; frame < frames; frame++) visit(spectrumOf(frame), frame)
}

/** All spectra of `samples`. Memory: 8 bytes per bin and frame. */
export function stft(samples: ArrayLike<number>, framing: Framing): ComplexSpectrogram {
  const frames = frameCount(samples.length, framing)
  const bins = framing.fftSize / 2 + 1
  const values = new Float32Array(2 * frames * bins)
  visitSpectra(samples, framing, (spectrum, frame) => values.set(spectrum, 2 * frame * bins))
  return { frames, bins, values }
}

/**
 * Writes to `gains`, per sample, 1 over the sum of the squared windows of `frames` frames; 0 where that sum is almost 0.
 * Returns `gains`.
 */
export function overlapGains(framing: Framing, frames: number, gains: Float64Array): Float64Array {
  const { window, hopSamples, padLeft } = framing
  const samples = gains.length
  gains.fill(0)
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * hopSamples - padLeft
    const end = Math.min(window.length, samples - start)
    for (let n = Math.max(0, -start); n < end; n++) gains[start + n] += window[n] * window[n]
  }
  // Dividing by almost 0 would amplify rounding errors.
  for (let n = 0; n < samples; n++) gains[n] = gains[n] > 1e-8 ? 1 / gains[n] : 0
  return gains
}

/**
 * Writes to `signal` the one whose STFT is nearest to `spectra` in the least-squares sense (Griffin and Lim 1984,
 * equation 6): windowed overlap-add divided by the sum of squared windows, whose inverse, `gains`, a caller may precompute
 * for a loop.
 */
export function inverseStft(
  spectra: ComplexSpectrogram,
  framing: Framing,
  signal: Float32Array,
  gains = overlapGains(framing, spectra.frames, new Float64Array(signal.length)),
): void {
  const { window, fftSize, hopSamples, padLeft } = framing
  const samples = signal.length
  const fft = realFft(fftSize)
  signal.fill(0)
  const spectrum = new Float64Array(2 * spectra.bins)
  const frame = new Float64Array(fftSize)
  for (let index = 0; index < spectra.frames; index++) {
    const row = 2 * index * spectra.bins
    for (let n = 0; n < spectrum.length; n++) spectrum[n] = spectra.values[row + n]
    fft.inverse(spectrum, frame)
    const start = index * hopSamples - padLeft
    const end = Math.min(fftSize, samples - start)
    for (let n = Math.max(0, -start); n < end; n++) signal[start + n] += frame[n] * window[n]
  }
  for (let n = 0; n < samples; n++) signal[n] *= gains[n]
}

/** Gains of a frame, one per bin. It may read the frame's spectrum, which is in the layout of `spectrumReader`. */
export type FrameGainsOf = (frame: number, spectrum: Float64Array) => Float64Array

/**
 * The signal whose STFT is nearest to that of `samples` times real gains per frame and bin: a zero-phase, time-varying
 * filter that keeps no spectra.
 */
export function frameFilter(
  samples: Float32Array,
  framing: Framing,
  gainsOf: FrameGainsOf,
): Float32Array<ArrayBuffer> {
  const filtered = new Float32Array(samples.length)
  frameFilterFor(framing, samples.length)(samples, gainsOf, filtered)
  return filtered
}

/**
 * `frameFilter` for many signals of one length, with buffers that it keeps: writes the filtered `samples` to `filtered`,
 * which may be the same array.
 */
export function frameFilterFor(
  framing: Framing,
  length: number,
): (samples: Float32Array, gainsOf: FrameGainsOf, filtered: Float32Array) => void {
  const { window, fftSize, hopSamples, padLeft } = framing
  const fft = realFft(fftSize)
  const frames = frameCount(length, framing)
  const overlap = overlapGains(framing, frames, new Float64Array(length))
  const frame = new Float64Array(fftSize)
  const spectrum = new Float64Array(2 * fft.bins)
  const sums = new Float64Array(length)
  return (samples, gainsOf, filtered) => {
    sums.fill(0)
    for (let index = 0; index < frames; index++) {
      cutFrame(samples, framing, index, frame)
      fft.forward(frame, spectrum)
      const gains = gainsOf(index, spectrum)
      for (let bin = 0; bin < gains.length; bin++) {
        const gain = gains[bin]
        spectrum[2 * bin] *= gain
        spectrum[2 * bin + 1] *= gain
      }
      fft.inverse(spectrum, frame)
      const start = index * hopSamples - padLeft
      const end = Math.min(fftSize, length - start)
      for (let n = Math.max(0, -start); n < end; n++) sums[start + n] += frame[n] * window[n]
    }
    for (let n = 0; n < length; n++) filtered[n] = sums[n] * overlap[n]
  }
}
