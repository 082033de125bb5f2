import { expect, test } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { realFft } from './fft.ts'

/** The DFT by its definition, in O(N^2). */
function slowSpectrum(frame: Float64Array): number[] {
  const spectrum: number[] = []
  for (let k = 0; k <= frame.length / 2; k++) {
    let re = 0
    let im = 0
    for (const [n, value] of frame.entries()) {
      const angle = (-2 * Math.PI * ((k * n) % frame.length)) / frame.length
      re += value * Math.cos(angle)
      im += value * Math.sin(angle)
    }
    spectrum.push(re, im)
  }
  return spectrum
}

test.each([4, 8, 16, 32, 512, 1024])(
  'a frame of %i samples has the spectrum of the definition, and the inverse restores it',
  (size) => {
    const frame = Float64Array.from(gaussianNoise(size, 0, 0, size))
    const fft = realFft(size)
    const spectrum = new Float64Array(2 * fft.bins).fill(Number.NaN)
    fft.forward(frame, spectrum)
    const slow = slowSpectrum(frame)
    expect(spectrum.length).toBe(slow.length)
    expect(Math.max(...slow.map((expected, index) => Math.abs(spectrum[index] - expected)))).toBeLessThan(
      1e-9,
    )

    const back = new Float64Array(size).fill(Number.NaN)
    fft.inverse(spectrum, back)
    expect(Math.max(...frame.map((expected, index) => Math.abs(back[index] - expected)))).toBeLessThan(1e-12)
  },
)

test.each([0, 1, 2, 1000, 2.5, 2 ** 25, Number.NaN])(
  'a size of %f is refused with the accepted sizes',
  (size) => {
    expect(() => realFft(size)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'fft-size' }) }),
    )
  },
)
