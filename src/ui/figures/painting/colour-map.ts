/**
 * The colour map of all spectrograms: dark violet through crimson and orange to pale yellow. It is built in OKLab
 * (Ottosson 2020), with lightness linear in the value and hue changing at a constant rate, so that equal level
 * differences look equally large and the map reads the same in greyscale.
 */
import { type Rgb, srgbOf } from './oklch.ts'

/** Number of colours to which values are quantised. */
export const colours = 256

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

/** Returns the map as little-endian RGBA words, one per colour, for writing into ImageData through a Uint32Array. */
export function packedColours(): Uint32Array<ArrayBuffer> {
  if (!packed) {
    packed = new Uint32Array(colours)
    for (let index = 0; index < colours; index++) {
      const [red, green, blue] = colourAt(index / (colours - 1))
      packed[index] = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
    }
  }
  return packed
}

/** Returns a CSS gradient of the map from its low to its high end, for legends. */
export function colourGradient(direction: 'to right' | 'to top', stops = 16): string {
  const list = Array.from({ length: stops }, (_, index) => `rgb(${colourAt(index / (stops - 1)).join(' ')})`)
  return `linear-gradient(${direction}, ${list.join(', ')})`
}
