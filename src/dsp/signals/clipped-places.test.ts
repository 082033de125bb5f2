import { expect, test } from 'vitest'
import { countClippedPlaces } from './clipped-places.ts'

test.each([
  ['silence', [0, 0, 0, 0, 0], 0],
  ['a peak of three samples at full scale', [0, 1, 1, 1, 0], 0],
  ['four of them', [0, 1, 1, 1, 1, 0], 1],
  ['a long place, which counts once', [1, 1, 1, 1, 1, 1, 1, 1, 1], 1],
  ['both signs, also in turn', [-1, -1, 1, 1, 0.5, -1, -1, -1, -1], 2],
  ['a place that one sample below full scale interrupts', [1, 1, 0.99, 1, 1], 0],
])('counts the places of %s', (_, samples, places) => {
  expect(countClippedPlaces(Float32Array.from(samples))).toBe(places)
})
