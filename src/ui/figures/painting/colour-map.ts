/**
 * The colour map of every spectrogram: dark violet through crimson and orange to pale yellow. Made in OKLab (Ottosson 2020)
 * with lightness linear in the value and hue turning at a constant rate, so that equal differences of level look equally
 * large and the map reads the same in grey.
 */
import { type Rgb, srgbOf } from './oklch.ts'

/** Number of colours; values are quantised to these. */
export const colours = 256

const darkest = 0.13
const lightest = 0.96
const startHueDegrees = 285
const hueTurnDegrees = 170
const maxChroma = 0.19

/** sRGB of `position` in 0 (lowest) .. 1 (highest), channels 0..255. */
export function colourAt(position: number): Rgb {
  const lightness = darkest + (lightest - darkest) * position
  const chroma = maxChroma * Math.sin(Math.PI * (0.2 + 0.7 * position))
  return srgbOf(lightness, startHueDegrees + hueTurnDegrees * position, chroma)
}

let packed: Uint32Array<ArrayBuffer> | undefined

/** The map as little-endian RGBA words, one per colour, for writing into ImageData through a Uint32Array. */
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

/** A CSS gradient of the map from left to right, for legends. */
export function colourGradient(direction: 'to right' | 'to top', stops = 16): string {
  const list = Array.from({ length: stops }, (_, index) => `rgb(${colourAt(index / (stops - 1)).join(' ')})`)
  return `linear-gradient(${direction}, ${list.join(', ')})`
}
