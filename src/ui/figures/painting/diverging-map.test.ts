import { expect, test } from 'vitest'
import { divergingColourAt, divergingColours, divergingGradient } from './diverging-map.ts'

/** CIE lightness L*, which is independent of the map's OKLab construction. */
function lightness([red, green, blue]: readonly number[]): number {
  const linear = (channel: number) =>
    channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4
  const y = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (y * 24389) / 27
}

const sizes = Array.from({ length: 101 }, (_, index) => index / 100)

test('zero is a dark neutral', () => {
  const [red, green, blue] = divergingColourAt(0)
  expect(red).toBe(green)
  expect(green).toBe(blue)
  expect(lightness([red, green, blue])).toBeLessThan(15)
})

test('larger differences are lighter, equally on both sides', () => {
  for (const sign of [-1, 1]) {
    const levels = sizes.map((size) => lightness(divergingColourAt(sign * size)))
    for (let index = 4; index < levels.length; index++)
      expect(levels[index]).toBeGreaterThan(levels[index - 4])
    expect(levels[100]).toBeGreaterThan(75)
  }
  for (const size of sizes) {
    // OKLab and CIE agree on lightness within a few points for every hue.
    const [below, above] = [-size, size].map((position) => lightness(divergingColourAt(position)))
    expect(Math.abs(below - above)).toBeLessThan(5)
  }
})

test('the signs differ in hue: blue below, orange above', () => {
  for (const size of [0.2, 0.5, 1]) {
    const [redBelow, , blueBelow] = divergingColourAt(-size)
    const [redAbove, , blueAbove] = divergingColourAt(size)
    expect(blueBelow - redBelow).toBeGreaterThan(30)
    expect(redAbove - blueAbove).toBeGreaterThan(30)
  }
})

test('the palette goes from most negative to most positive, opaque, in the byte order of ImageData', () => {
  const bytes = new Uint8Array(divergingColours.buffer)
  expect([...bytes.slice(0, 4)]).toEqual([...divergingColourAt(-1), 255])
  expect([...bytes.slice(-4)]).toEqual([...divergingColourAt(1), 255])
  expect(divergingGradient()).toMatch(/^linear-gradient\(to right, rgb\(/)
})
