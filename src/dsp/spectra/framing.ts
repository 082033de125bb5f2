/**
 * Framings of a signal: the centred one of librosa and the scorer, and the model's own, which like HiFi-GAN pads
 * (fft - hop) / 2 samples on each side, so that frames = samples / hop.
 */

/** The division of a signal into frames. */
export type Framing = {
  readonly fftSize: number
  readonly hopSamples: number
  /** `fftSize` weights; a shorter window is centred and zero-padded. */
  readonly window: Float64Array
  /** Reflected samples before and after the signal. */
  readonly padLeft: number
  readonly padRight: number
}

type FrameSizes = { readonly fftSize: number; readonly hopSamples: number; readonly windowSamples: number }

/** Periodic Hann window of period `length`, for spectral analysis: the last sample is not zero. */
export function hannWindow(length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length))
}

function centredHann({ fftSize, windowSamples }: FrameSizes): Float64Array {
  if (windowSamples > fftSize)
    throw new RangeError(`a window of ${windowSamples} exceeds the FFT of ${fftSize}`)
  const window = new Float64Array(fftSize)
  window.set(hannWindow(windowSamples), Math.floor((fftSize - windowSamples) / 2))
  return window
}

/** Frame k is centred on sample k * hop: 1 + floor(samples / hop) frames. */
export function centredFraming(sizes: FrameSizes): Framing {
  const half = sizes.fftSize / 2
  return { ...sizes, window: centredHann(sizes), padLeft: half, padRight: half }
}

/** Frame k is centred on the middle of its hop, (k + 1/2) * hop: floor(samples / hop) frames. */
export function hopFraming(sizes: FrameSizes): Framing {
  const padding = sizes.fftSize - sizes.hopSamples
  const padLeft = Math.floor(padding / 2)
  return { ...sizes, window: centredHann(sizes), padLeft, padRight: padding - padLeft }
}

/** Number of frames of a signal of `samples`; an empty one has none. */
export function frameCount(samples: number, { fftSize, hopSamples, padLeft, padRight }: Framing): number {
  if (samples === 0) return 0
  return Math.max(0, 1 + Math.floor((samples + padLeft + padRight - fftSize) / hopSamples))
}
