import { expect, test } from 'vitest'
import { matchingGainsDb } from './loudness-match.ts'

test('all takes are attenuated to the loudness of the quietest, and none is amplified', () => {
  const loudnesses = [-23.5, -18, -30.25]
  const gains = matchingGainsDb(loudnesses)
  expect(gains).toEqual([-6.75, -12.25, 0])
  expect(loudnesses.map((lufs, i) => lufs + gains[i])).toEqual([-30.25, -30.25, -30.25])
})

test('a silent or nearly silent take does not attenuate the others', () => {
  expect(matchingGainsDb([-20, Number.NEGATIVE_INFINITY, -26])).toEqual([-6, 0, 0])
  expect(matchingGainsDb([-20, -41])).toEqual([0, 0])
  expect(matchingGainsDb([-20, -40])).toEqual([-20, 0])
  expect(matchingGainsDb([-20, -39])).toEqual([-19, 0])
})

test('without differences in loudness, no gain changes', () => {
  expect(matchingGainsDb([])).toEqual([])
  expect(matchingGainsDb([Number.NEGATIVE_INFINITY])).toEqual([0])
  expect(matchingGainsDb([-12])).toEqual([0])
})
