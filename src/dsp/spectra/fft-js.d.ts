declare module 'fft.js' {
  /** Complex FFT of a power of two; arrays interleave real and imaginary parts, 2 * size numbers. */
  export default class FFT {
    constructor(size: number)
    transform(spectrum: Float64Array, signal: Float64Array): void
    /** Divides by the size. */
    inverseTransform(signal: Float64Array, spectrum: Float64Array): void
  }
}
