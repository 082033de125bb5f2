import { expect, test } from 'vitest'
import { ProblemError } from '../../../base/problem.ts'
import { hifiGanConvention } from '../../../dsp/mel/hifi-gan-convention.ts'
import { blamingMel, invalidOutput } from './check-waveform.ts'

const melOf = (low: number, high: number) => ({
  frames: 2,
  bands: 80,
  values: Float32Array.from({ length: 160 }, (_, index) => (index % 2 === 0 ? low : high)),
})

test.each([
  ['above a full-scale sine', melOf(0, 8196), /because of its mel\. Its loudest value, 8196\.0 .* above/],
  ['nearly equal', melOf(0, 0.1), /because of its mel\. All its values are nearly equal/],
  ['far below speech', melOf(-80, -20), /because of its mel\. Its loudest value, -20\.0 .* far below/],
])('samples that are not finite blame a mel that is %s', (_, mel, message) => {
  const found = blamingMel(invalidOutput('NaN at sample 3'), mel, hifiGanConvention)
  expect(found).toBeInstanceOf(ProblemError)
  expect(found).toMatchObject({
    problem: {
      code: 'output-invalid',
      message: expect.stringMatching(message),
      found: 'NaN at sample 3',
      remedy: expect.stringContaining('Read it differently'),
    },
  })
})

test('a plausible mel is not blamed, though it is the first thing to check', () => {
  const thrown = invalidOutput('NaN at sample 3')
  expect(blamingMel(thrown, melOf(-9, 0.5), hifiGanConvention)).toBe(thrown)
  expect(thrown.problem.remedy).toMatch(/^Check that the mel/)
})

test('other problems stay as they are', () => {
  const thrown = new Error('no room')
  expect(blamingMel(thrown, melOf(0, 8196), hifiGanConvention)).toBe(thrown)
})
