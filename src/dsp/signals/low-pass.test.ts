import { expect, test } from 'vitest'
import { congruentialNoise } from '../testing/synthetic-voice.ts'
import { lowPass } from './low-pass.ts'

const rateHz = 22_050

function sine(hz: number, sampleRateHz = rateHz, seconds = 0.5): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: seconds * sampleRateHz }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / sampleRateHz + 0.4),
  )
}

/** Drops the ends, where the filter reaches past the signal. */
function middleOf(samples: Float32Array): Float32Array {
  return samples.subarray(samples.length / 4, (3 * samples.length) / 4)
}

function levelDb(samples: Float32Array): number {
  return 10 * Math.log10(samples.reduce((sum, value) => sum + value * value, 0) / samples.length)
}

const gainDb = (hz: number, cutoffHz: number, sampleRateHz = rateHz) =>
  levelDb(middleOf(lowPass(sine(hz, sampleRateHz), sampleRateHz, cutoffHz))) -
  levelDb(middleOf(sine(hz, sampleRateHz)))

test.each([50, 440, 1000, 2500, 3300, 3500])('passes %i Hz within .1 dB, without delay', (hz) => {
  expect(Math.abs(gainDb(hz, 3500))).toBeLessThan(0.1)
  const [before, after] = [sine(hz), lowPass(sine(hz), rateHz, 3500)].map(middleOf)
  expect(after.every((value, i) => Math.abs(value - before[i]) < 0.012)).toBe(true)
})

test('attenuates as much as ITU-R BS.1534-3 requires of the 3.5-kHz anchor', () => {
  expect(gainDb(4000, 3500)).toBeLessThan(-25)
  for (const hz of [4500, 6000, 8000, 10_900]) expect(gainDb(hz, 3500)).toBeLessThan(-50)
})

test.each([16_000, 44_100, 48_000])('has the same band at %i Hz', (sampleRateHz) => {
  expect(Math.abs(gainDb(3500, 3500, sampleRateHz))).toBeLessThan(0.1)
  expect(gainDb(4000, 3500, sampleRateHz)).toBeLessThan(-25)
  expect(gainDb(4500, 3500, sampleRateHz)).toBeLessThan(-50)
  if (sampleRateHz < 44_100) return
  expect(Math.abs(gainDb(7000, 7000, sampleRateHz))).toBeLessThan(0.1)
  expect(gainDb(9000, 7000, sampleRateHz)).toBeLessThan(-50)
})

test('is a convolution: linear, length-preserving, with a symmetric impulse response', () => {
  const impulse = new Float32Array(801)
  impulse[400] = 1
  const response = lowPass(impulse, rateHz, 3500)
  for (let i = 1; i <= 400; i++) expect(response[400 + i]).toBe(response[400 - i])
  expect(response.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)

  const noise = Float32Array.from(congruentialNoise(3, 500))
  const filtered = lowPass(noise, rateHz, 3500)
  expect(filtered).toHaveLength(500)
  for (const t of [0, 1, 80, 250, 498, 499]) {
    let sum = 0
    for (let from = 0; from < 500; from++) sum += noise[from] * (response[400 + t - from] ?? 0)
    expect(filtered[t]).toBeCloseTo(sum, 5)
  }
})

test('does not change its input, and copies signals that have no such band or no samples', () => {
  const narrow = sine(300, 8000)
  const same = lowPass(narrow, 8000, 7000)
  expect(same).toEqual(narrow)
  expect(same).not.toBe(narrow)
  // The stopband begins at 8/7 of 7 kHz, 8 kHz: half of 16 kHz.
  for (const [sampleRateHz, changes] of [
    [15_000, false],
    [16_000, false],
    [16_100, true],
  ] as const) {
    const wide = sine(300, sampleRateHz)
    expect(lowPass(wide, sampleRateHz, 7000).some((value, i) => value !== wide[i])).toBe(changes)
  }
  expect(lowPass(new Float32Array(0), rateHz, 3500)).toHaveLength(0)
  expect(lowPass(Float32Array.of(1), rateHz, 3500)).toHaveLength(1)
})
