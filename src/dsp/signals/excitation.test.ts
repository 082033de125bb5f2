import { expect, test } from 'vitest'
import { excitation, pulsesBetween } from './excitation.ts'
import { readPitch } from './pitch-track.ts'

const convention = { sampleRateHz: 8000, hopSamples: 64 }

type Given = Parameters<typeof excitation>

/** The pulses as a whole signal. */
function signalOf(...given: Given): Float32Array {
  const pulses = excitation(...given)
  return pulsesBetween(pulses, 0, pulses.samples)
}

const trackOf = (hz: readonly number[], voicing = 1) => ({
  f0Hz: Float32Array.from(hz),
  voicing: new Float32Array(hz.length).fill(voicing),
})

test('a steady pitch has one pulse per period, whose height is the square root of the period', () => {
  const pulses = signalOf(trackOf(Array.from({ length: 10 }, () => 250)), convention)
  const places = [...pulses.keys()].filter((t) => Math.abs(pulses[t]) > 1e-6)
  expect(places).toEqual(Array.from({ length: 20 }, (_, k) => 32 * k + 31))
  for (const t of places) expect(pulses[t]).toBeCloseTo(Math.sqrt(32), 5)
})

test('a pulse between two samples is split over them, and its centre is where the phase wraps', () => {
  const pulses = signalOf(trackOf(Array.from({ length: 20 }, () => 300)), convention) // 26.67 samples
  const at = [...pulses.keys()].filter((t) => pulses[t] > 1e-6)
  const centre = (from: number, to: number) => {
    const near = at.filter((t) => t >= from && t < to)
    return near.reduce((sum, t) => sum + t * pulses[t], 0) / near.reduce((sum, t) => sum + pulses[t], 0)
  }
  expect(centre(40, 66) - centre(13, 40)).toBeCloseTo(80 / 3, 4)
  expect(centre(66, 93) - centre(40, 66)).toBeCloseTo(80 / 3, 4)
})

test('the power of the pulses is the voicing squared, whatever the pitch', () => {
  for (const hz of [80, 187, 400]) {
    const pulses = signalOf(
      trackOf(
        Array.from({ length: 2000 }, () => hz),
        0.5,
      ),
      convention,
    )
    const sums = pulses.reduce((sum, value) => sum + value, 0) / pulses.length
    // Each period has one pulse of 0.5 * sqrt(period).
    expect(sums).toBeCloseTo(0.5 * Math.sqrt(hz / 8000), 3)
  }
})

test('a glide continues across frames, and an initial phase shifts all pulses', () => {
  const glide = trackOf(Array.from({ length: 50 }, (_, k) => 100 + 4 * k))
  const pulses = signalOf(glide, convention)
  const passed = pulses.reduce((sum, value, t) => (value > 0 && !(pulses[t - 1] > 0) ? sum + 1 : sum), 0)
  const cycles = glide.f0Hz.reduce((sum, hz) => sum + hz, 0) * (64 / 8000)
  expect(Math.abs(passed - cycles)).toBeLessThan(1.5)
  const later = signalOf(glide, convention, 0.3217)
  expect(later).not.toEqual(pulses)
  for (const [t, value] of signalOf(glide, convention, 3.3217).entries())
    expect(value).toBeCloseTo(later[t], 6)
})

test('an utterance of one frame, and an unvoiced one', () => {
  expect(signalOf(trackOf([250]), convention)).toHaveLength(64)
  expect(signalOf(trackOf([250, 250], 0), convention).every((value) => value === 0)).toBe(true)
})

test('any part of the pulses equals that part of the whole, and memory grows with the pulses, not with the samples', () => {
  const glide = trackOf(
    Array.from({ length: 50 }, (_, k) => 100 + 14 * k),
    0.7,
  )
  const pulses = excitation(glide, convention)
  const whole = pulsesBetween(pulses, 0, pulses.samples)
  expect(whole.some((value) => value !== 0)).toBe(true)
  for (const [first, end] of [
    [0, 0],
    [0, 1],
    [31, 32],
    [100, 1700],
    [3000, 3200],
  ])
    expect(pulsesBetween(pulses, first, end)).toEqual(whole.subarray(first, end))
  const periods = glide.f0Hz.reduce((sum, hz) => sum + hz, 0) * (64 / 8000)
  expect(pulses.times.length).toBeLessThan(2 * (periods + 1))
  expect(pulses.heights).toHaveLength(pulses.times.length)
})

test('a pitch above half of the rate, whose pulses share samples, adds them up', () => {
  const fast = trackOf([6000, 6000])
  const signal = signalOf(fast, convention)
  // A period is 4/3 of a sample, so that of three periods in four samples the sum is three heights.
  const height = Math.sqrt(4 / 3)
  expect(signal.subarray(40, 80).reduce((sum, value) => sum + value, 0) / height).toBeCloseTo(30, 3)
})

test('pitch is the mean around the most likely bin, and distant bins do not count', () => {
  const scale = { pitches: 12, lowHz: 100, highHz: 200 }
  const logits = new Float32Array(2 * 13).fill(-30)
  logits[5] = 4
  logits[0] = 3.9 // five bins away
  logits[12] = 2
  logits[13 + 0] = 1
  logits[13 + 1] = 1
  const { f0Hz, voicing } = readPitch(logits, scale)
  expect(f0Hz[0]).toBeCloseTo(100 * 2 ** (5.5 / 12), 3)
  expect(f0Hz[1]).toBeCloseTo(100 * 2 ** (1 / 12), 3)
  expect(voicing[0]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6)
  expect(voicing[1]).toBeLessThan(1e-10)
})

test('three pitches on each side of the likeliest are averaged, and no fourth', () => {
  const logits = new Float32Array(13).fill(-30)
  logits[5] = 4
  for (const threeAway of [2, 8]) logits[threeAway] = threeAway === 2 ? 3 : 2
  for (const fourAway of [1, 9]) logits[fourAway] = 3.9
  const { f0Hz } = readPitch(logits, { pitches: 12, lowHz: 100, highHz: 200 })
  const mean = (5.5 + Math.exp(-1) * 2.5 + Math.exp(-2) * 8.5) / (1 + Math.exp(-1) + Math.exp(-2))
  expect(f0Hz[0]).toBeCloseTo(100 * 2 ** (mean / 12), 3)
})
