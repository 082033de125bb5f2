import { expect, test } from 'vitest'
import { packedColours } from './colour-map.ts'
import { paintPixels } from './picture.ts'

const palette = packedColours()
const darkest = palette[0]
const lightest = palette[palette.length - 1]

test('low frequencies are at the bottom, and levels outside the range are clipped to it', () => {
  const values = Float32Array.of(-200, 0, 50, -80) // frame 0: bins -200, 0; frame 1: bins 50, -80
  const { columns, pixels } = paintPixels({ frames: 2, bins: 2, values }, { low: -80, high: 0 })
  expect(columns).toBe(2)
  expect([...pixels]).toEqual([lightest, darkest, darkest, lightest])
})

test('a short loud event stays visible in an input longer than the picture is wide', () => {
  const frames = 50_000
  const values = new Float32Array(frames).fill(-80)
  values[33_333] = 0
  const { columns, pixels } = paintPixels({ frames, bins: 1, values }, { low: -80, high: 0 })
  expect(columns).toBeLessThan(5000)
  expect(pixels.filter((pixel) => pixel === lightest)).toHaveLength(1)
})
