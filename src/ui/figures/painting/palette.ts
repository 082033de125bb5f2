/** The two forms in which a colour map is used: packed colours for canvases, and gradients for legends. */
import type { Rgb } from './oklch.ts'

/** Number of colours to which values are quantised. */
export const colours = 256

/** The colour at a fraction of the map, from 0 (low end) to 1 (high end). */
type ColourAt = (fraction: number) => Rgb

/** Returns the map as little-endian RGBA words, one per colour, for writing into ImageData through a Uint32Array. */
export function paletteOf(colourAt: ColourAt): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: colours }, (_, index) => {
    const [red, green, blue] = colourAt(index / (colours - 1))
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
  })
}

/** Returns a CSS gradient of the map from left to right. */
export function gradientOf(colourAt: ColourAt, stops: number): string {
  const list = Array.from({ length: stops }, (_, index) => `rgb(${colourAt(index / (stops - 1)).join(' ')})`)
  return `linear-gradient(to right, ${list.join(', ')})`
}
