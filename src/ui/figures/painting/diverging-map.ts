/**
 * The colour map of signed differences: a dark neutral zero, blue below it and orange above it. It is built in OKLab
 * like the map of levels. Lightness grows linearly with the magnitude and equally on both sides, so that neither sign
 * looks larger and small differences recede. Blue and orange can be distinguished with every common colour blindness.
 */
import { type Rgb, srgbOf } from './oklch.ts'
import { gradientOf, paletteOf } from './palette.ts'

const neutral = 0.2
const strongest = 0.86
const hueBelowDegrees = 250
const hueAboveDegrees = 62
const maxChroma = 0.17

/** Returns the sRGB colour at `position` from -1 (most negative) to 1, with channels 0..255. */
export function divergingColourAt(position: number): Rgb {
  const size = Math.min(1, Math.abs(position))
  const lightness = neutral + (strongest - neutral) * size
  return srgbOf(
    lightness,
    position < 0 ? hueBelowDegrees : hueAboveDegrees,
    maxChroma * Math.min(1, 2 * size),
  )
}

/** The colour at a fraction of the map, from 0 (most negative) to 1. */
const atFraction = (fraction: number): Rgb => divergingColourAt(2 * fraction - 1)

/** Palette of a picture whose range is -high to high. Zero lies between the two middle colours. */
export const divergingColours: Uint32Array<ArrayBuffer> = paletteOf(atFraction)

export const divergingGradient = (): string => gradientOf(atFraction, 17)
