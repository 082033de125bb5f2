import { expect, test } from 'vitest'
import { hifiGanConvention } from './hifi-gan-convention.ts'
import { hzToMel, melEdgesHz, melToHz } from './mel-scale.ts'

test.each(['slaney', 'htk'] as const)('the %s scale and its inverse cancel', (scale) => {
  for (const hz of [0, 20, 440, 999, 1000, 1001, 8000]) {
    expect(melToHz(hzToMel(hz, scale), scale)).toBeCloseTo(hz, 8)
  }
  expect(hzToMel(1000, scale)).toBeCloseTo(scale === 'slaney' ? 15 : 1000, 1)
})

test('band edges run from the lowest to the highest frequency of the convention', () => {
  const edges = melEdgesHz({ ...hifiGanConvention, lowHz: 55 })
  expect(edges.length).toBe(82)
  expect(edges[0]).toBeCloseTo(55, 8)
  expect(edges[81]).toBeCloseTo(8000, 8)
})
