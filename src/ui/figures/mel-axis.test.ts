import { expect, test } from 'vitest'
import { modelConvention } from '../../dsp/testing/model-convention.ts'
import { bandCentresHz, melTicks } from './mel-axis.ts'

test('a tick stands at the height of the band whose centre is nearest to it', () => {
  const centres = bandCentresHz(modelConvention)
  expect(centres).toHaveLength(80)
  for (const [label, hz] of [
    ['500', 500],
    ['1k', 1000],
    ['4k', 4000],
  ] as const) {
    const nearest = centres.reduce(
      (best, centre, band) => (Math.abs(centre - hz) < Math.abs(centres[best] - hz) ? band : best),
      0,
    )
    const tick = melTicks(modelConvention).find((one) => one.label === label)
    expect(Math.abs((tick?.position ?? Number.NaN) * 80 - (nearest + 0.5))).toBeLessThan(0.51)
  }
})

test('a tick at the edge of the range stays on the picture', () => {
  expect(melTicks(modelConvention).at(-1)).toEqual({ position: 1, label: '8k' })
})
