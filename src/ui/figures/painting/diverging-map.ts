/**
 * The colour map of signed differences: a dark neutral zero, blue below it and orange above it. It is built in OKLab
 * like the map of levels. Lightness grows linearly with the magnitude and equally on both sides, so that neither sign
 * looks larger and small differences recede. Blue and orange can be distinguished with every common colour blindness.
 */
import { colours } from './colour-map.ts'
import { type Rgb, srgbOf } from './oklch.ts'

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

/**
 * Palette of a picture whose range is -high to high, in the format of `packedColours`. Zero lies between the two middle
 * colours.
 */
export const divergingColours: Uint32Array<ArrayBuffer> = Uint32Array.from(
  { length: colours },
  (_, index) => {
    const [red, green, blue] = divergingColourAt((2 * index) / (colours - 1) - 1)
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
  },
)

/** Returns a CSS gradient of the map from left to right, for legends. */
export function divergingGradient(stops = 17): string {
  const list = Array.from(
    { length: stops },
    (_, index) => `rgb(${divergingColourAt((2 * index) / (stops - 1) - 1).join(' ')})`,
  )
  return `linear-gradient(to right, ${list.join(', ')})`
}
