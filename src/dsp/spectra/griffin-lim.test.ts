import { expect, test, vi } from 'vitest'
import { hifiGanConvention as convention } from '../mel/hifi-gan-convention.ts'
import { melSpectrogram } from '../mel/mel.ts'
import { melFilterbank } from '../mel/mel-filterbank.ts'
import { melToMagnitudes } from '../mel/mel-inversion.ts'
import type { MelConvention, MelSpectrogram } from '../mel/mel-spectrogram.ts'
import { bytesAllocated } from '../testing/bytes-allocated.ts'
import { syntheticVoice } from '../testing/synthetic-voice.ts'
import { hopFraming } from './framing.ts'
import { griffinLim } from './griffin-lim.ts'
import { inverseStft, stft } from './stft.ts'

const voice = Float32Array.from(syntheticVoice({ samples: 256 * 48 }))
const mel = melSpectrogram(voice, convention)

function meanDifference(a: MelSpectrogram, b: MelSpectrogram): number {
  expect(a.frames).toBe(b.frames)
  return a.values.reduce((sum, value, index) => sum + Math.abs(value - b.values[index]), 0) / a.values.length
}

/** Norm of the error in the magnitudes of `samples`, relative to the norm of the requested magnitudes. */
function spectralConvergence(samples: Float32Array, magnitudes: Float32Array): number {
  const { values } = stft(samples, hopFraming(convention))
  let wrong = 0
  let norm = 0
  for (const [index, magnitude] of magnitudes.entries()) {
    wrong += (Math.hypot(values[2 * index], values[2 * index + 1]) - magnitude) ** 2
    norm += magnitude ** 2
  }
  return Math.sqrt(wrong / norm)
}

test('magnitudes from a mel are non-negative and have that mel', () => {
  const magnitudes = melToMagnitudes(mel, convention)
  expect(magnitudes.length).toBe(48 * 513)
  expect(magnitudes.every((magnitude) => magnitude >= 0)).toBe(true)
  let error = 0
  for (let frame = 0; frame < mel.frames; frame++) {
    for (const [band, { firstBin, weights }] of melFilterbank(convention).entries()) {
      const sum = weights.reduce(
        (total, weight, n) => total + weight * magnitudes[frame * 513 + firstBin + n],
        0,
      )
      error += Math.abs(Math.log(Math.max(sum, 1e-5)) - mel.values[frame * 80 + band])
    }
  }
  expect(error / mel.values.length).toBeLessThan(0.03)
})

test('iterations bring magnitudes and mel closer to the requested ones', async () => {
  const magnitudes = melToMagnitudes(mel, convention)
  const results = []
  for (const iterations of [0, 8, 60]) {
    const samples = await griffinLim(mel, convention, { seed: 1, iterations })
    expect(samples.length).toBe(voice.length)
    results.push({
      convergence: spectralConvergence(samples, magnitudes),
      melError: meanDifference(melSpectrogram(samples, convention), mel),
    })
  }
  const [none, few, many] = results
  expect(few.convergence).toBeLessThan(0.5 * none.convergence)
  expect(many.convergence).toBeLessThan(0.8 * few.convergence)
  expect(few.melError).toBeLessThan(0.6 * none.melError)
  expect(many.melError).toBeLessThan(few.melError)
})

test('an iteration overshoots by .99 of the last change (Perraudin et al. 2013, algorithm 2)', async () => {
  const framing = hopFraming(convention)
  const magnitudes = melToMagnitudes(mel, convention)
  const after = (iterations: number) => griffinLim(mel, convention, { seed: 1, iterations })
  const spectraAfter = async (iterations: number) => stft(await after(iterations), framing)
  // c_1 is the spectra of the signal that the start makes, c_2 of that after one iteration; t_2 = c_2 + .99 (c_2 - c_1).
  const [c1, c2] = [await spectraAfter(0), await spectraAfter(1)]
  const t2 = c2.values.map((value, i) => value + 0.99 * (value - c1.values[i]))
  const values = t2.map((value, i) => {
    const bin = i >> 1
    return (magnitudes[bin] * value) / Math.max(Math.hypot(t2[2 * bin], t2[2 * bin + 1]), 1e-16)
  })
  const expected = new Float32Array(voice.length)
  inverseStft({ ...c2, values }, framing, expected)
  const found = await after(2)
  const norm = (signal: Float32Array) => Math.hypot(...signal)
  expect(norm(found.map((value, n) => value - expected[n]))).toBeLessThan(1e-3 * norm(expected))
})

test('the seed determines the result', async () => {
  const make = (seed: number) => griffinLim(mel, convention, { seed, iterations: 2 })
  const first = await make(1)
  expect(await make(1)).toEqual(first)
  expect(await make(2)).not.toEqual(first)
})

test('other hops, windows and logarithms are inverted too', async () => {
  const other: MelConvention = {
    ...convention,
    sampleRateHz: 24000,
    fftSize: 2048,
    hopSamples: 300,
    windowSamples: 1200,
    scale: 'htk',
    norm: 'none',
    log: 'log10',
  }
  const asked = melSpectrogram(
    Float32Array.from(syntheticVoice({ samples: 9000, sampleRateHz: 24000 })),
    other,
  )
  const made = melSpectrogram(await griffinLim(asked, other, { seed: 3 }), other)
  expect(Math.LN10 * meanDifference(made, asked)).toBeLessThan(0.2)
})

test('an empty mel gives an empty signal', async () => {
  const empty = { frames: 0, bands: 80, values: new Float32Array(0) }
  expect((await griffinLim(empty, convention, { seed: 1 })).length).toBe(0)
})

test('it reports progress and stops within an iteration of being cancelled', async () => {
  const controller = new AbortController()
  const onProgress = vi.fn((fraction: number) => {
    if (fraction >= 0.5) controller.abort()
  })
  const running = griffinLim(mel, convention, {
    seed: 1,
    iterations: 4,
    signal: controller.signal,
    onProgress,
  })
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  expect(onProgress.mock.calls.flat()).toEqual([0, 0.25, 0.5])
})

test('a long mel is made in parts that meet where it is quiet, as well as in one', async () => {
  // Silence between two voices, not where the parts would end by their length alone.
  const silence = new Float32Array(256 * 8)
  const long = melSpectrogram(Float32Array.of(...voice, ...silence, ...voice), convention)
  const errorOf = async (maxFrames?: number) => {
    const samples = await griffinLim(long, convention, { seed: 1, iterations: 30, maxFrames })
    expect(samples.length).toBe(256 * long.frames)
    return { samples, error: meanDifference(melSpectrogram(samples, convention), long) }
  }
  const [whole, parts] = [await errorOf(), await errorOf(60)]
  expect(parts.error).toBeLessThan(1.1 * whole.error)
  // The first part ends in the silence, so its samples are those of its frames alone.
  const bands = long.bands
  const first = { frames: 48, bands, values: long.values.slice(0, 48 * bands) }
  const alone = await griffinLim(first, convention, { seed: 1, iterations: 30 })
  expect(parts.samples.slice(0, 256 * 40)).not.toEqual(whole.samples.slice(0, 256 * 40))
  expect(Math.max(...parts.samples.slice(256 * 50, 256 * 54).map(Math.abs))).toBeLessThan(
    0.02 * Math.max(...alone.map(Math.abs)),
  )
})

test('parts use the same memory, and so do iterations', async () => {
  const twelvefold = Float32Array.from(
    { length: 12 * mel.values.length },
    (_, i) => mel.values[i % mel.values.length],
  )
  const long = { frames: 12 * mel.frames, bands: mel.bands, values: twelvefold }
  const options = { seed: 1, maxFrames: mel.frames }
  const ofOne = await bytesAllocated(() => griffinLim(mel, convention, { ...options, iterations: 2 }))
  const ofMany = await bytesAllocated(() => griffinLim(long, convention, { ...options, iterations: 2 }))
  const bytesPerFrame = 4 * 5 * 513 + 12 * 256
  const result = 4 * 256 * mel.frames
  expect(ofOne).toBe(bytesPerFrame * mel.frames + result)
  // The longest of the parts may be shorter than allowed.
  expect(ofMany).toBeLessThanOrEqual(ofOne + 11 * result)
  expect(ofMany).toBeGreaterThan(12 * result)
  const ofTen = await bytesAllocated(() => griffinLim(mel, convention, { ...options, iterations: 10 }))
  expect(ofTen).toBe(ofOne)
})
