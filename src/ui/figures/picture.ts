/** Levels painted once into pixels, one per value, and only scaled from then on. */
import { colours, packedColours } from './colour-map.ts'

/** Frame-major levels, `values[frame * bins + bin]`, bin 0 the lowest frequency. */
export type Levels = { readonly frames: number; readonly bins: number; readonly values: Float32Array }

export type Range = { readonly low: number; readonly high: number }

/** More columns than any screen shows; of longer inputs each column keeps the largest of its frames. */
const mostColumns = 4096

/**
 * RGBA pixels, [bins, columns] with the highest frequency on top; `low` and below is the darkest colour, `high` and above
 * the lightest.
 */
export function paintPixels(
  { frames, bins, values }: Levels,
  { low, high }: Range,
  palette: Uint32Array = packedColours(),
): { readonly columns: number; readonly pixels: Uint32Array<ArrayBuffer> } {
  const columns = Math.min(frames, mostColumns)
  const pixels = new Uint32Array(columns * bins)
  const scale = (colours - 1) / (high - low)
  const level = new Float32Array(bins)
  for (let column = 0; column < columns; column++) {
    const first = Math.floor((column * frames) / columns)
    const last = Math.max(first + 1, Math.floor(((column + 1) * frames) / columns))
    level.set(values.subarray(first * bins, (first + 1) * bins))
    for (let frame = first + 1; frame < last; frame++) {
      for (let bin = 0; bin < bins; bin++) level[bin] = Math.max(level[bin], values[frame * bins + bin])
    }
    for (let bin = 0; bin < bins; bin++) {
      const index = Math.round((level[bin] - low) * scale)
      pixels[(bins - 1 - bin) * columns + column] = palette[Math.min(colours - 1, Math.max(0, index))]
    }
  }
  return { columns, pixels }
}

/** The picture as a canvas to draw from. Undefined where there is nothing to paint. */
export function paintPicture(
  levels: Levels,
  range: Range,
  palette?: Uint32Array,
): HTMLCanvasElement | undefined {
  if (levels.frames === 0 || levels.bins === 0) return undefined
  const { columns, pixels } = paintPixels(levels, range, palette)
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = levels.bins
  const bytes = new Uint8ClampedArray(pixels.buffer)
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, columns, levels.bins), 0, 0)
  return canvas
}
