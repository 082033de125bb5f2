declare module 'fft.js' {
  /** Complex FFT of a power of two; arrays hold real and imaginary parts in turn, 2 * size numbers. */
  export default class FFT {
    constructor(size: number)
    transform(spectrum: Float64Array, signal: Float64Array): void
    /** Divides by the size. */
    inverseTransform(signal: Float64Array, spectrum: Float64Array): void
  }
}
