import { expect, test } from 'vitest'
import { colourAt, packedColours } from './colour-map.ts'
import { colours } from './palette.ts'

/** WCAG relative luminance, which is independent of the map's OKLab construction. */
function relativeLuminance([red, green, blue]: readonly number[]): number {
  const linear = (channel: number) =>
    channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

test('a higher level is never darker, over the whole map', () => {
  const luminances = Array.from({ length: colours }, (_, index) =>
    relativeLuminance(colourAt(index / (colours - 1))),
  )
  // The resolution of the map is one step of an 8-bit channel.
  for (let index = 1; index < colours; index++) {
    expect(luminances[index]).toBeGreaterThan(luminances[index - 1] - 0.002)
  }
  for (let index = 8; index < colours; index++) {
    expect(luminances[index]).toBeGreaterThan(luminances[index - 8])
  }
  expect(luminances[0]).toBeLessThan(0.02)
  expect(luminances[colours - 1]).toBeGreaterThan(0.8)
})

test('packed colours are opaque and in the byte order of ImageData', () => {
  const bytes = new Uint8Array(packedColours().buffer)
  expect([...bytes.slice(0, 4)]).toEqual([...colourAt(0), 255])
  expect([...bytes.slice(-4)]).toEqual([...colourAt(1), 255])
})
