/** Tests of the STFT in tensors for every backend; the oracle is the definition, summed in float64. */
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import type { Framing } from '../../dsp/spectra/framing.ts'
import { inverseStft } from '../../dsp/spectra/stft.ts'
import { reflected } from '../frames/reflected.ts'
import { Stft } from '../frames/stft.ts'

/** A Hann window of `length` in the middle of `fftSize`. */
function hann(fftSize: number, length: number): Float64Array {
  const window = new Float64Array(fftSize)
  const edge = Math.floor((fftSize - length) / 2)
  for (let n = 0; n < length; n++) window[edge + n] = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length)
  return window
}

/** One centred, with a window that is not a multiple of the hop; one padded per hop, as for a mel. */
const framings: readonly Framing[] = [
  { fftSize: 32, hopSamples: 5, window: hann(32, 24), padLeft: 16, padRight: 16 },
  { fftSize: 16, hopSamples: 4, window: hann(16, 16), padLeft: 6, padRight: 6 },
]

/** One framing for each number of stages that a fast transform may have, and one whose frames have gaps between them. */
const moreFramings: readonly Framing[] = [
  { fftSize: 4, hopSamples: 2, window: hann(4, 4), padLeft: 1, padRight: 1 },
  { fftSize: 64, hopSamples: 16, window: hann(64, 64), padLeft: 24, padRight: 24 },
  { fftSize: 512, hopSamples: 50, window: hann(512, 240), padLeft: 256, padRight: 256 },
  { fftSize: 1024, hopSamples: 256, window: hann(1024, 1024), padLeft: 384, padRight: 384 },
  { fftSize: 4096, hopSamples: 1000, window: hann(4096, 4096), padLeft: 1548, padRight: 1548 },
  { fftSize: 8, hopSamples: 12, window: hann(8, 8), padLeft: 0, padRight: 0 },
]

/** Irregular values, the same in every run. */
const signal = (batch: number, samples: number) =>
  Array.from({ length: batch }, (_, b) =>
    Array.from({ length: samples }, (_, t) => Math.sin(0.7 * (t + 40 * b) ** 2)),
  )

function naiveSpectrum(samples: readonly number[], framing: Framing, frame: number, bin: number) {
  const { window, fftSize, hopSamples, padLeft } = framing
  let [re, im] = [0, 0]
  for (let n = 0; n < fftSize; n++) {
    const at = Math.abs(frame * hopSamples - padLeft + n)
    const value = samples[at < samples.length ? at : 2 * (samples.length - 1) - at] * window[n]
    re += value * Math.cos((2 * Math.PI * bin * n) / fftSize)
    im -= value * Math.sin((2 * Math.PI * bin * n) / fftSize)
  }
  return [re, im]
}

/** Compares the gradient of sum(f * weights) with central differences at a few places. */
async function expectGradientOfDifferences(f: (x: tf.Tensor2D) => tf.Tensor, batch: number, samples: number) {
  const x = signal(batch, samples)
  const loss = (values: tf.Tensor2D) => {
    const y = f(values)
    const weights = Float32Array.from({ length: y.size }, (_, i) => Math.cos(1 + 1.3 * i))
    return y.mul(tf.tensor(weights, y.shape)).sum()
  }
  const before = tf.memory().numTensors
  const gradient = tf.tidy(() => tf.grad((values) => loss(values.as2D(batch, samples)))(tf.tensor2d(x)))
  const found = await gradient.data()
  gradient.dispose()
  expect(tf.memory().numTensors).toBe(before)
  const step = 0.05 // every map here is linear, or nearly so
  for (const place of [0, 1, samples - 1, Math.floor(samples / 2), batch * samples - 2]) {
    const moved = async (by: number) => {
      const changed = x.map((row) => [...row])
      changed[Math.floor(place / samples)][place % samples] += by
      const total = tf.tidy(() => loss(tf.tensor2d(changed)))
      const [value] = await total.data()
      total.dispose()
      return value
    }
    const difference = ((await moved(step)) - (await moved(-step))) / (2 * step)
    expect(Math.abs(found[place] - difference), `at ${place}`).toBeLessThan(
      1e-2 * Math.max(1, Math.abs(difference)),
    )
  }
}

/** Declares the tests; the calling file sets the backend in a `beforeAll`. */
export function describeStft(): void {
  test('a signal is mirrored without its last sample, or cropped', async () => {
    const [longer, shorter] = tf.tidy(() => {
      const x = tf.tensor2d([[1, 2, 3, 4]])
      return [reflected(x, 2, 3), reflected(x, -1, -2)]
    })
    expect([...(await longer.data())]).toEqual([3, 2, 1, 2, 3, 4, 3, 2, 1])
    expect([...(await shorter.data())]).toEqual([2])
    tf.dispose([longer, shorter])
    expect(() => tf.tidy(() => reflected(tf.tensor2d([[1]]), 3, 0))).toThrow(/mirrored/)
  })

  test('a signal shorter than the padding is mirrored repeatedly', async () => {
    const longer = tf.tidy(() => reflected(tf.tensor2d([[1, 2, 3]]), 5, 3))
    expect([...(await longer.data())]).toEqual([2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2])
    longer.dispose()
  })

  test.each([
    [2, 3],
    [5, 9],
    [-1, -1],
    [2, -1],
  ])('gradients reach a signal that is extended by %i and %i samples', (before, after) =>
    expectGradientOfDifferences((x) => reflected(x, before, after), 2, 4),
  )

  test.each([...framings, ...moreFramings])(
    'spectra follow the definition: FFT $fftSize',
    async (framing) => {
      const before = tf.memory().numTensors
      const length = Math.max(60, framing.fftSize + 7)
      const x = signal(2, length)
      const stft = new Stft(framing)
      const spectra = tf.tidy(() => stft.spectra(tf.tensor2d(x)))
      const [re, im] = [await spectra.re.data(), await spectra.im.data()]
      const frames = stft.frames(length)
      expect(re.length).toBe(2 * frames * stft.bins)
      // About 60 bins of each frame, among them the first and the last.
      const stride = Math.ceil((stft.bins - 1) / 64)
      for (const [item, samples] of x.entries())
        for (let frame = 0; frame < frames; frame++)
          for (let bin = 0; bin < stft.bins; bin += stride) {
            const at = (item * frames + frame) * stft.bins + bin
            const [expectedRe, expectedIm] = naiveSpectrum(samples, framing, frame, bin)
            expect(Math.abs(re[at] - expectedRe)).toBeLessThan(1e-4)
            expect(Math.abs(im[at] - expectedIm)).toBeLessThan(1e-4)
          }
      tf.dispose([spectra.re, spectra.im])
      stft.dispose()
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test('the inverse restores the signal, of any length', async () => {
    const before = tf.memory().numTensors
    const stft = new Stft(framings[1])
    const x = signal(2, 64)
    const again = tf.tidy(() => stft.signal(stft.spectra(tf.tensor2d(x)), 64))
    for (const [index, value] of (await again.data()).entries())
      expect(Math.abs(value - x.flat()[index])).toBeLessThan(1e-5)
    const shorter = tf.tidy(() => stft.signal(stft.spectra(tf.tensor2d(signal(1, 40))), 40))
    for (const [index, value] of (await shorter.data()).entries())
      expect(Math.abs(value - signal(1, 40)[0][index])).toBeLessThan(1e-5)
    tf.dispose([again, shorter])
    stft.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test.each([...framings, ...moreFramings])(
    'the inverse follows that in plain numbers: FFT $fftSize',
    async (framing) => {
      const before = tf.memory().numTensors
      const stft = new Stft(framing)
      const length = 19 * framing.hopSamples + framing.fftSize - framing.padLeft - framing.padRight
      const frames = stft.frames(length)
      const rows = 2 * frames
      const values = (phase: number) =>
        Float32Array.from({ length: rows * stft.bins }, (_, i) => Math.sin(phase + 0.9 * i * i))
      const [re, im, gains] = [values(0), values(1), values(2)]
      // The result may get the memory of this tensor, which is not zero.
      const released = tf.tidy(() => tf.ones([2, length]).mul(2))
      await released.data()
      released.dispose()
      const made = tf.tidy(() => {
        const [first, second, factors] = [re, im, gains].map((part) => tf.tensor2d(part, [rows, stft.bins]))
        return stft.signal({ re: first, im: second }, length, factors)
      })
      const found = await made.data()
      for (const item of [0, 1]) {
        const first = item * frames * stft.bins
        const spectra = new Float32Array(2 * frames * stft.bins)
        for (let i = 0; i < frames * stft.bins; i++) {
          spectra[2 * i] = re[first + i] * gains[first + i]
          spectra[2 * i + 1] = im[first + i] * gains[first + i]
        }
        const expected = new Float32Array(length)
        inverseStft({ frames, bins: stft.bins, values: spectra }, framing, expected)
        for (const [t, value] of expected.entries())
          expect(Math.abs(found[item * length + t] - value), `sample ${t}`).toBeLessThan(
            1e-5 * Math.max(1, Math.abs(value)),
          )
      }
      made.dispose()
      stft.dispose()
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test('one transform inverts signals of several lengths', async () => {
    const stft = new Stft(framings[0])
    for (const samples of [64, 150, 64]) {
      const x = signal(1, samples)
      const again = tf.tidy(() => stft.signal(stft.spectra(tf.tensor2d(x)), samples))
      const values = await again.data()
      expect(values.length).toBe(samples)
      for (const [index, value] of values.entries())
        expect(Math.abs(value - x[0][index]), `sample ${index} of ${samples}`).toBeLessThan(1e-4)
      again.dispose()
    }
    stft.dispose()
  })

  test('gradients reach the signal, including its mirrored ends', async () => {
    for (const framing of framings) {
      const stft = new Stft(framing)
      await expectGradientOfDifferences(
        (x) => {
          const { re, im } = stft.spectra(x)
          return tf.concat2d([re, im], 1)
        },
        2,
        60,
      )
      stft.dispose()
    }
  })

  test('gradients pass through the inverse', async () => {
    const stft = new Stft(framings[1])
    const filter = (spectrum: tf.Tensor2D) =>
      spectrum.mul<tf.Tensor2D>(
        tf.tensor2d(
          Array.from({ length: stft.bins }, (_, bin) => (2 * bin) / (stft.bins - 1)),
          [1, stft.bins],
        ),
      )
    // It keeps a table for signals of this length.
    tf.tidy(() => stft.signal(stft.spectra(tf.tensor2d(signal(2, 64))), 64)).dispose()
    await expectGradientOfDifferences(
      (x) => {
        const { re, im } = stft.spectra(x)
        return stft.signal({ re: filter(re), im: filter(im) }, 64)
      },
      2,
      64,
    )
    stft.dispose()
  })

  test('a transform and its gradient are bit-identical in every run', async () => {
    const window = hann(2048, 1200)
    const stft = new Stft({ fftSize: 2048, hopSamples: 240, window, padLeft: 1024, padRight: 1024 })
    const x = signal(1, 2400)
    const run = () =>
      tf.tidy(() => tf.grad((values) => stft.spectra(values.as2D(1, 2400)).re.square().sum())(tf.tensor2d(x)))
    const [first, second] = [run(), run()]
    expect(await second.data()).toEqual(await first.data())
    tf.dispose([first, second])
    stft.dispose()
  })
}
