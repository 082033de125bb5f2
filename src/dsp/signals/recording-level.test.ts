import { expect, test } from 'vitest'
import { levelRecording } from './recording-level.ts'

const rateHz = 16000
/** A sine of 997 Hz at full scale has -3.01 LUFS (BS.1770). */
const sine = (amplitude: number) =>
  Float32Array.from({ length: 2 * rateHz }, (_, i) => amplitude * Math.sin((2 * Math.PI * 997 * i) / rateHz))
const db = (amplitude: number) => 20 * Math.log10(amplitude)

test.each([1, 0.5, 0.02])('a recording at an amplitude of %d stays as it is', (amplitude) => {
  const samples = sine(amplitude)
  const levelled = levelRecording(samples, rateHz)
  expect(levelled.samples).toBe(samples)
  expect(levelled).toMatchObject({ gainDb: 0, clippedPlaces: 0 })
})

test('a recording beyond full scale is lowered to it', () => {
  const { samples, gainDb } = levelRecording(sine(8), rateHz)
  expect(gainDb).toBeCloseTo(db(0.99 / 8), 2)
  expect(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeCloseTo(0.99, 3)
})

test('a recording that is far too quiet is raised to -23 LUFS', () => {
  const amplitude = 0.001
  const { gainDb } = levelRecording(sine(amplitude), rateHz)
  expect(gainDb).toBeCloseTo(-23 - (-3.01 + db(amplitude)), 1)
})

test('places at full scale are counted, but none in floats that exceed it', () => {
  const cut = sine(3).map((sample) => Math.max(-1, Math.min(1, sample)))
  // Two seconds of 997 Hz have two peaks per period.
  expect(levelRecording(cut, rateHz)).toMatchObject({ gainDb: 0, clippedPlaces: 2 * 2 * 997 })
  expect(levelRecording(sine(3), rateHz).clippedPlaces).toBe(0)
})

test('a click limits how far a quiet recording is raised, and silence is not', () => {
  const clicking = sine(0.001)
  clicking[100] = 0.5
  const { samples, gainDb } = levelRecording(clicking, rateHz)
  expect(gainDb).toBeLessThan(db(0.99 / 0.5) + 0.01)
  expect(Math.max(...samples.subarray(90, 110))).toBeLessThan(1)
  expect(levelRecording(new Float32Array(rateHz), rateHz).gainDb).toBe(0)
})
