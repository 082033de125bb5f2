import { expect, test, vi } from 'vitest'
import { resample } from './resample.ts'

/** The number of weights that were computed: each has its value of the window. */
const kernel = vi.hoisted(() => ({ weights: 0 }))
vi.mock(import('./kaiser.ts'), async (load) => {
  const { kaiserWindow } = await load()
  return {
    kaiserWindow(position, beta) {
      kernel.weights++
      return kaiserWindow(position, beta)
    },
  }
})

const sine = (hz: number, rateHz: number, length: number) =>
  Float32Array.from({ length }, (_, n) => Math.sin((2 * Math.PI * hz * n) / rateHz))

/** Level relative to a sine of full scale, without the ends, where the kernel reaches past the signal. */
function levelDb(samples: Float32Array, margin: number): number {
  const middle = samples.slice(margin, samples.length - margin)
  return 10 * Math.log10((2 * middle.reduce((sum, value) => sum + value * value, 0)) / middle.length)
}

const pairs: [number, number][] = [
  [48000, 22050],
  [44100, 22050],
  [16000, 22050],
  [22050, 48000],
  [22050, 22049],
  [44100.7, 22050.3],
  [8000, 384000],
  [384000, 22050],
]

test.each(pairs)('from %f to %f Hz a sine in the pass band is reproduced', (fromHz, toHz) => {
  const narrower = Math.min(fromHz, toHz) / 2
  for (const hz of [0.01 * narrower, 0.5 * narrower, 0.89 * narrower]) {
    const length = fromHz < toHz ? 600 : Math.max(3000, (500 * fromHz) / toHz)
    const resampled = resample(sine(hz, fromHz, length), fromHz, toHz)
    const margin = Math.ceil((150 * toHz) / Math.min(fromHz, toHz))
    const expected = sine(hz, toHz, resampled.length)
    const error = resampled.map((value, n) => value - expected[n])
    expect(levelDb(error, margin)).toBeLessThan(-80)
  }
})

test.each(pairs.filter(([fromHz, toHz]) => fromHz > toHz))(
  'from %f to %f Hz, content above the new band is attenuated by more than 100 dB',
  (fromHz, toHz) => {
    const above = [1.001, 1.1, 1.5, 1.9].map((ratio) => (ratio * toHz) / 2).filter((hz) => hz < fromHz / 2)
    for (const hz of above) {
      const length = Math.max(3000, (1000 * fromHz) / toHz)
      expect(levelDb(resample(sine(hz, fromHz, length), fromHz, toHz), 300)).toBeLessThan(-100)
    }
  },
)

test('upsampling leaves no image of the signal above its band', () => {
  const resampled = resample(sine(7000, 16000, 4000), 16000, 48000)
  const image = resampled.map((value, n) => value - Math.sin((2 * Math.PI * 7000 * n) / 48000))
  expect(levelDb(image, 400)).toBeLessThan(-100)
})

test('a constant stays constant, without ripple', () => {
  const resampled = resample(new Float32Array(3000).fill(0.5), 48000, 22050)
  expect(resampled.slice(200, -200).every((value) => Math.abs(value - 0.5) < 1e-6)).toBe(true)
})

test.each([
  [48000, 22050, 48000, 22050],
  [44100, 22050, 3, 2],
  [22050, 16000, 1, 1],
  [16000, 22050, 0, 0],
])('from %i to %i Hz, %i samples become %i', (fromHz, toHz, samples, expected) => {
  expect(resample(new Float32Array(samples), fromHz, toHz).length).toBe(expected)
})

test('a damaged header’s sample rate does not cost the time and memory of 25 million weights', () => {
  kernel.weights = 0
  expect(resample(new Float32Array(1000), 1e7, 22050).length).toBe(3)
  // 2^18 of them, and the row that the last phase is blended with: no wider than 2 * 64 crossings.
  expect(kernel.weights).toBeLessThanOrEqual(2 ** 18 + 2 * Math.ceil((64 * 1e7) / 22050))
})

test('equal rates copy', () => {
  const samples = Float32Array.of(1, 2, 3)
  const copy = resample(samples, 22050, 22050)
  expect(copy).toEqual(samples)
  expect(copy.buffer).not.toBe(samples.buffer)
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a rate of %f Hz is refused', (rateHz) => {
  expect(() => resample(new Float32Array(1), rateHz, 22050)).toThrow(RangeError)
  expect(() => resample(new Float32Array(1), 22050, rateHz)).toThrow(RangeError)
})
