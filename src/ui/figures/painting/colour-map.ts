/**
 * The colour map of all spectrograms: dark violet through crimson and orange to pale yellow. It is built in OKLab
 * (Ottosson 2020), with lightness linear in the value and hue changing at a constant rate, so that equal level
 * differences look equally large and the map reads the same in greyscale.
 */
import { type Rgb, srgbOf } from './oklch.ts'
import { gradientOf, paletteOf } from './palette.ts'

const darkest = 0.13
const lightest = 0.96
const startHueDegrees = 285
const hueTurnDegrees = 170
const maxChroma = 0.19

/** Returns the sRGB colour at `position` from 0 (lowest) to 1 (highest), with channels 0..255. */
export function colourAt(position: number): Rgb {
  const lightness = darkest + (lightest - darkest) * position
  const chroma = maxChroma * Math.sin(Math.PI * (0.2 + 0.7 * position))
  return srgbOf(lightness, startHueDegrees + hueTurnDegrees * position, chroma)
}

let packed: Uint32Array<ArrayBuffer> | undefined

/** Returns the map as `paletteOf` packs it. */
export function packedColours(): Uint32Array<ArrayBuffer> {
  packed ??= paletteOf(colourAt)
  return packed
}

export const colourGradient = (): string => gradientOf(colourAt, 16)
