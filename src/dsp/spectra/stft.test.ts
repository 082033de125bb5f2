import { expect, test } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { centredFraming, frameCount, hannWindow, hopFraming } from './framing.ts'
import { inverseStft, overlapGains, stft } from './stft.ts'

const sizes = { fftSize: 64, hopSamples: 16, windowSamples: 40 }

/** NumPy's `pad(mode="reflect")`, step by step: walks along the signal and reverses at its ends. */
function walkReflected(samples: ArrayLike<number>, left: number, right: number): number[] {
  const padded: number[] = []
  let position = 0
  let step = -1
  for (let n = 0; n < left; n++) {
    if (position + step < 0 || position + step >= samples.length) step = -step
    position += step
    padded.unshift(samples[position])
  }
  padded.push(...Array.from(samples))
  position = samples.length - 1
  step = 1
  for (let n = 0; n < right; n++) {
    if (position + step < 0 || position + step >= samples.length) step = -step
    position += step
    padded.push(samples[position])
  }
  return padded
}

function slowStft(samples: ArrayLike<number>, left: number, right: number): number[][] {
  const { fftSize, hopSamples, windowSamples } = sizes
  const padded = walkReflected(samples, left, right)
  const rows: number[][] = []
  for (let start = 0; start + fftSize <= padded.length; start += hopSamples) {
    const row: number[] = []
    for (let k = 0; k <= fftSize / 2; k++) {
      let re = 0
      let im = 0
      for (let n = 0; n < windowSamples; n++) {
        const at = n + (fftSize - windowSamples) / 2
        const value = padded[start + at] * Math.sin((Math.PI * n) / windowSamples) ** 2
        re += value * Math.cos((2 * Math.PI * k * at) / fftSize)
        im -= value * Math.sin((2 * Math.PI * k * at) / fftSize)
      }
      row.push(re, im)
    }
    rows.push(row)
  }
  return rows
}

test.each([
  ['centred', centredFraming(sizes), 32, 32, 200],
  ['per hop', hopFraming(sizes), 24, 24, 208],
  ['centred, shorter than the padding', centredFraming(sizes), 32, 32, 11],
] as const)('the %s transform equals the definition', (_name, framing, left, right, length) => {
  const samples = gaussianNoise(1, 0, 0, length)
  const slow = slowStft(samples, left, right)
  const { frames, bins, values } = stft(samples, framing)
  expect([frames, 2 * bins]).toEqual([slow.length, slow[0].length])
  for (const [index, expected] of slow.flat().entries()) expect(values[index]).toBeCloseTo(expected, 5)
})

test('frame counts follow each convention', () => {
  for (const samples of [1024, 1279, 1280, 22050]) {
    const model = { fftSize: 1024, hopSamples: 256, windowSamples: 1024 }
    expect(frameCount(samples, hopFraming(model))).toBe(Math.floor(samples / 256))
    expect(frameCount(samples, centredFraming(model))).toBe(1 + Math.floor(samples / 256))
  }
  expect(frameCount(300, hopFraming({ fftSize: 512, hopSamples: 75, windowSamples: 300 }))).toBe(4)
})

test('no samples give no frames; a single sample is mirrored onto itself', () => {
  expect(stft(new Float32Array(0), centredFraming(sizes)).frames).toBe(0)
  const { values } = stft(Float32Array.of(2), centredFraming(sizes))
  expect(values[0]).toBeCloseTo(2 * hannWindow(40).reduce((sum, weight) => sum + weight, 0), 4)
})

test('a shorter window sits in the middle, half a sample early where it cannot, as librosa pads it', () => {
  for (const windowSamples of [40, 41]) {
    const { window } = centredFraming({ ...sizes, windowSamples })
    const before = windowSamples === 40 ? 12 : 11 // (64 - 40) / 2 and (64 - 41) / 2, rounded down
    const padded = [...new Array<number>(before).fill(0), ...hannWindow(windowSamples)]
    expect([...window]).toEqual([...padded, ...new Array<number>(64 - padded.length).fill(0)])
  }
})

test('a window longer than the FFT is refused', () => {
  expect(() => hopFraming({ ...sizes, windowSamples: 65 })).toThrow(RangeError)
})

test.each([
  ['centred', centredFraming({ fftSize: 1024, hopSamples: 256, windowSamples: 1024 })],
  ['per hop', hopFraming({ fftSize: 1024, hopSamples: 256, windowSamples: 1024 })],
  ['short window', hopFraming({ fftSize: 2048, hopSamples: 300, windowSamples: 1200 })],
])('the inverse transform restores the signal (%s)', (_name, framing) => {
  const samples = gaussianNoise(2, 0, 0, 9000)
  const back = new Float32Array(samples.length)
  inverseStft(stft(samples, framing), framing, back)
  expect(back.length).toBe(samples.length)
  const worst = samples.reduce((max, value, n) => Math.max(max, Math.abs(back[n] - value)), 0)
  expect(worst).toBeLessThan(2e-6)
})

test('a sample that windows hardly reach is given back in full; one that they all but miss is left at zero', () => {
  // Frames that do not overlap: at sample n the squared window is sin^4(pi n / 1024), 7.2e-9 at n = 3 and 2.3e-8 at n = 4.
  const length = 1024
  const framing = { fftSize: length, hopSamples: length, window: hannWindow(length), padLeft: 0, padRight: 0 }
  const gains = overlapGains(framing, 2, new Float64Array(2 * length))
  for (let n = 0; n < 2 * length; n++) {
    const fromEdge = Math.min(n % length, length - (n % length))
    const expected = fromEdge < 4 ? 0 : Math.sin((Math.PI * (n % length)) / length) ** -4
    expect(Math.abs(gains[n] - expected)).toBeLessThanOrEqual(1e-8 * expected)
  }
})
