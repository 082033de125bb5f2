import { expect, test } from 'vitest'
import { hifiGanConvention } from '../../../dsp/mel/hifi-gan-convention.ts'
import { frequencyAxes } from '../../../store/takes/view-state.ts'
import { frequencyScale } from './frequency-scale.ts'

const bins = { kind: 'bins', highHz: 11025 } as const
const bands = { kind: 'mel', convention: hifiGanConvention } as const

test('conversions between heights, frequencies and bins invert each other on every axis', () => {
  for (const scale of [bins, bands])
    for (const axis of frequencyAxes) {
      const { heightOf, hzAt, hzOf, binOf, binAt } = frequencyScale(scale, scale === bins ? 513 : 80, axis)
      for (const hz of [100, 440, 1000, 3000, 7500]) {
        expect(hzAt(heightOf(hz))).toBeCloseTo(hz, 6)
        expect(hzOf(binOf(hz))).toBeCloseTo(hz, 6)
        expect(binAt(heightOf(hz))).toBeCloseTo(binOf(hz), 6)
      }
    }
})

test('octaves are equally tall on a logarithmic axis, and the lowest frequency stays on the picture', () => {
  const { heightOf } = frequencyScale(bins, 513, 'log')
  expect(heightOf(400) - heightOf(200)).toBeCloseTo(heightOf(8000) - heightOf(4000), 9)
  expect([heightOf(0), heightOf(60), heightOf(11025)]).toEqual([0, 0, 1])
})

test('a mel axis is linear up to 1 kHz and bends above it', () => {
  const { heightOf } = frequencyScale(bins, 513, 'mel')
  expect(heightOf(800)).toBeCloseTo(2 * heightOf(400), 9)
  expect(heightOf(8000)).toBeLessThan(8 * heightOf(1000))
})

test('a band of a mel picture is at the peak of its triangle, with a tick beside it', () => {
  const { hzOf, ticks } = frequencyScale(bands, 80, 'log')
  const nearest = (hz: number) =>
    Array.from({ length: 80 }, (_, band) => band).reduce((best, band) =>
      Math.abs(hzOf(band) - hz) < Math.abs(hzOf(best) - hz) ? band : best,
    )
  for (const [label, hz] of [
    ['500', 500],
    ['1k', 1000],
    ['4k', 4000],
  ] as const) {
    const tick = ticks.find((one) => one.label === label)
    expect(Math.abs((tick?.position ?? Number.NaN) * 80 - (nearest(hz) + 0.5))).toBeLessThan(0.51)
  }
  expect(ticks.at(-1)).toEqual({ position: 1, label: '8k' })
})
