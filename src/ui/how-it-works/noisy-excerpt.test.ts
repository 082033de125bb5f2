import { expect, test } from 'vitest'
import { loudestExcerpt, withNoise } from './noisy-excerpt.ts'

const sampleRateHz = 1000
/** Quiet, except for 0.2 s from 0.5 s on. */
const samples = Float32Array.from(
  { length: 1000 },
  (_, index) => (index >= 500 && index < 700 ? 0.5 : 0.01) * Math.sin(index),
)
const rms = (values: Float32Array) => Math.hypot(...values) / Math.sqrt(values.length)

test('the loudest excerpt is found and brought to the level of the noise', () => {
  const excerpt = loudestExcerpt({ samples, sampleRateHz }, 0.1)
  expect(excerpt.startSeconds).toBeGreaterThanOrEqual(0.5)
  expect(excerpt.startSeconds).toBeLessThanOrEqual(0.6)
  expect(excerpt.clean).toHaveLength(100)
  expect(rms(excerpt.clean)).toBeCloseTo(1, 5)
  expect(rms(excerpt.noise)).toBeGreaterThan(0.7)
})

test('level 1 is the speech, level 0 the noise, and between them the power stays', () => {
  const excerpt = loudestExcerpt({ samples, sampleRateHz }, 0.2)
  expect(withNoise(excerpt, 1)).toEqual(excerpt.clean)
  expect(withNoise(excerpt, 0)).toEqual(excerpt.noise)
  expect(rms(withNoise(excerpt, 0.6))).toBeCloseTo(1, 0)
})

test('a clip that is shorter, silent or empty is taken as it is', () => {
  const silence = { samples: new Float32Array(5), sampleRateHz }
  expect(loudestExcerpt(silence, 1).clean).toEqual(new Float32Array(5))
  expect(loudestExcerpt({ ...silence, samples: new Float32Array() }, 1).clean).toHaveLength(0)
})
