/** The mel spectrogram as data, and the convention that defines its numbers. */

/**
 * The analysis settings of a mel spectrogram. In snake case they are the fields of `mel` in a model's `config.json`.
 */
export type MelConvention = {
  readonly sampleRateHz: number
  readonly fftSize: number
  readonly hopSamples: number
  readonly windowSamples: number
  readonly bands: number
  readonly lowHz: number
  readonly highHz: number
  readonly scale: 'slaney' | 'htk'
  readonly norm: 'slaney' | 'none'
  /** Added to re^2 + im^2 before the square root. */
  readonly magnitudeEpsilon: number
  readonly log: 'ln' | 'log10'
  /** Smallest band magnitude before the logarithm. */
  readonly floor: number
}

/** Log-mel values, frame-major: `values[frame * bands + band]`, shape [frames, bands]. */
export type MelSpectrogram = {
  readonly frames: number
  readonly bands: number
  readonly values: Float32Array<ArrayBuffer>
}
