import { expect, test } from 'vitest'
import { syntheticVoice } from '../dsp/testing/synthetic-voice.ts'
import fixture from './fixtures/resample.fixture.json'
import { resamplePoly } from './resample-poly.ts'

test.each(fixture.cases)('resampling by $up / $down equals SciPy’s', ({ up, down, values }) => {
  const resampled = resamplePoly(syntheticVoice({ samples: fixture.samples }), up, down)
  expect(resampled.length).toBe(values.length)
  const worst = Math.max(...values.map((value, n) => Math.abs(resampled[n] - value)))
  expect(worst).toBeLessThan(2e-9)
})

test('a ratio of one copies', () => {
  const samples = Float64Array.of(1, 2, 3)
  expect(resamplePoly(samples, 22050, 22050)).toEqual(samples)
})
