import { expect, test } from 'vitest'
import { frequencyScale } from '../axes/frequency-scale.ts'
import { packedColours } from './colour-map.ts'
import { maxColumns, paintPixels } from './picture.ts'

const palette = packedColours()
const darkest = palette[0]
const lightest = palette[palette.length - 1]
const even = { isEven: true, binAt: (height: number) => height }

test('low frequencies are at the bottom, and levels outside the range are clipped to it', () => {
  const values = Float32Array.of(-200, 0, 50, -80) // frame 0: bins -200, 0; frame 1: bins 50, -80
  const { columns, pixels } = paintPixels({ frames: 2, bins: 2, values }, { low: -80, high: 0 }, even)
  expect(columns).toBe(2)
  expect([...pixels]).toEqual([lightest, darkest, darkest, lightest])
})

test('a short loud event stays visible in an input longer than the picture is wide', () => {
  const frames = 50_000
  const values = new Float32Array(frames).fill(-80)
  values[33_333] = 0
  const { columns, pixels } = paintPixels({ frames, bins: 1, values }, { low: -80, high: 0 }, even)
  expect(columns).toBe(maxColumns)
  expect(pixels.filter((pixel) => pixel === lightest)).toHaveLength(1)
})

test('a part is painted as in the whole picture', () => {
  const frames = 100
  const values = Float32Array.from({ length: frames * 3 }, (_, i) => -((i * 37) % 80))
  const range = { low: -80, high: 0 }
  const whole = paintPixels({ frames, bins: 3, values }, range, even)
  const part = paintPixels({ frames, bins: 3, values }, range, even, palette, { first: 21, last: 60 })
  expect(part.columns).toBe(39)
  for (let row = 0; row < 3; row++)
    expect(part.pixels.slice(row * 39, (row + 1) * 39)).toEqual(
      whole.pixels.slice(row * frames + 21, row * frames + 60),
    )
})

test.each(['log', 'mel'] as const)('on a %s axis no bin vanishes, and each is at its frequency', (axis) => {
  const bins = 513
  const scale = frequencyScale({ kind: 'bins', highHz: 11025 }, bins, axis)
  const range = { low: -80, high: 0 }
  for (let bin = 3; bin < bins; bin++) {
    const values = new Float32Array(bins).fill(-80)
    values[bin] = 0
    const { pixels } = paintPixels({ frames: 1, bins, values }, range, scale)
    const lit = [...pixels.keys()].filter((row) => pixels[row] === lightest)
    expect(lit, `bin ${bin}`).toHaveLength(1)
    const height = scale.heightOf(scale.hzOf(bin))
    expect(Math.abs(bins - 1 - lit[0] + 0.5 - height * bins)).toBeLessThanOrEqual(0.51)
  }
})

test('the signed value farther from zero is kept, whatever its sign', () => {
  const frames = 2 * maxColumns
  const values = Float32Array.from({ length: frames }, (_, frame) => (frame % 2 === 0 ? -9 : 3))
  const { pixels } = paintPixels({ frames, bins: 1, values }, { low: -9, high: 9 }, even)
  expect(new Set(pixels)).toEqual(new Set([darkest]))
})
