/**
 * The colour map of all spectrograms: dark violet through crimson and orange to pale yellow. It is built in OKLab
 * (Ottosson 2020), with lightness linear in the value and hue changing at a constant rate, so that equal level
 * differences look equally large and the map reads the same in greyscale.
 */
import { type Rgb, srgbOf } from './oklch.ts'
import { gradientOf, paletteOf } from './palette.ts'

const lightness = { lowest: 0.13, highest: 0.96 }
const hueDegrees = { lowest: 285, highest: 455 }
const maxChroma = 0.19

/** Returns the sRGB colour at `position` from 0 (lowest) to 1 (highest), with channels 0..255. */
export function colourAt(position: number): Rgb {
  const at = ({ lowest, highest }: typeof lightness) => lowest + (highest - lowest) * position
  return srgbOf(at(lightness), at(hueDegrees), maxChroma * Math.sin(Math.PI * (0.2 + 0.7 * position)))
}

let packed: Uint32Array<ArrayBuffer> | undefined

/** Returns the map as `paletteOf` packs it. */
export function packedColours(): Uint32Array<ArrayBuffer> {
  packed ??= paletteOf(colourAt)
  return packed
}

export const colourGradient = (): string => gradientOf(colourAt, 16)
