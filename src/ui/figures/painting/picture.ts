/** Paints levels into pixels once, on the rows of a frequency axis. Later drawings only scale these pixels. */

import type { FrequencyScale } from '../axes/frequency-scale.ts'
import { packedColours } from './colour-map.ts'
import { colours } from './palette.ts'

/** Levels in frame-major order, `values[frame * bins + bin]`; bin 0 is the lowest frequency. */
export type Levels = { readonly frames: number; readonly bins: number; readonly values: Float32Array }

export type Range = { readonly low: number; readonly high: number }

/** Frames of the levels, end exclusive. */
export type FrameRange = { readonly first: number; readonly last: number }

/** Maximum width, more than any screen shows. In a longer range, each column keeps the most extreme of its frames. */
export const maxColumns = 4096

/** Number of columns painted together: their pixels in one row fill a cache line and are written at once. */
const tileColumns = 16

/**
 * Content of each row of pixels, from the top. A row shows the most extreme of bins `from` to `to`, both inclusive. If
 * `to` is less than `from`, the row lies between two bins and interpolates them, with `weight` on the upper one.
 */
type Rows = { readonly from: Int32Array; readonly to: Int32Array; readonly weight: Float32Array }

function rowsOf(bins: number, { isEven, binAt }: Pick<FrequencyScale, 'isEven' | 'binAt'>): Rows {
  const rows = { from: new Int32Array(bins), to: new Int32Array(bins), weight: new Float32Array(bins) }
  for (let row = 0; row < bins; row++) {
    const upward = bins - 1 - row
    if (isEven) {
      rows.from[row] = rows.to[row] = upward
      continue
    }
    // The centre of every bin lies in exactly one row, so that no harmonic is lost between two rows.
    const low = binAt(upward / bins)
    const high = row === 0 ? bins - 1 : binAt((upward + 1) / bins)
    const first = Math.ceil(low)
    const last = row === 0 ? bins - 1 : Math.ceil(high) - 1
    const middle = Math.min(bins - 1, Math.max(0, (low + high) / 2))
    if (last >= first) {
      rows.from[row] = Math.max(0, first)
      rows.to[row] = Math.min(bins - 1, last)
    } else {
      rows.from[row] = Math.min(bins - 2, Math.floor(middle))
      rows.to[row] = -1
      rows.weight[row] = middle - rows.from[row]
    }
  }
  return rows
}

/** Returns whether `range` is for signed values; among these, the one farther from zero is the more extreme. */
const isSigned = ({ low, high }: Range) => low === -high

/**
 * Returns RGBA pixels, [bins, columns], with the highest frequency on top. Values of `low` and below get the first
 * colour, values of `high` and above the last.
 */
export function paintPixels(
  { frames, bins, values }: Levels,
  range: Range,
  scale: Pick<FrequencyScale, 'isEven' | 'binAt'>,
  palette: Uint32Array = packedColours(),
  { first, last }: FrameRange = { first: 0, last: frames },
): { readonly columns: number; readonly pixels: Uint32Array<ArrayBuffer> } {
  const length = last - first
  const columns = Math.min(length, maxColumns)
  const pixels = new Uint32Array(columns * bins)
  const rows = rowsOf(bins, scale)
  const signed = isSigned(range)
  const { low } = range
  const perLevel = (colours - 1) / (range.high - low)
  const tile = new Float32Array(tileColumns * bins)
  for (let left = 0; left < columns; left += tileColumns) {
    const width = Math.min(tileColumns, columns - left)
    const asTheyAre = columns === length
    if (!asTheyAre) {
      for (let column = 0; column < width; column++) {
        const from = first + Math.floor(((left + column) * length) / columns)
        const to = first + Math.floor(((left + column + 1) * length) / columns)
        gather(values, bins, from, to, signed, tile, column * bins)
      }
    }
    const source = asTheyAre ? values : tile
    const start = asTheyAre ? (first + left) * bins : 0
    for (let row = 0; row < bins; row++) {
      const from = rows.from[row]
      const to = rows.to[row]
      const weight = rows.weight[row]
      let at = start
      const out = row * columns + left
      for (let column = 0; column < width; column++, at += bins) {
        let level = source[at + from]
        if (to < from) level += (source[at + from + 1] - level) * weight
        else {
          for (let bin = from + 1; bin <= to; bin++) {
            const other = source[at + bin]
            if (signed ? Math.abs(other) > Math.abs(level) : other > level) level = other
          }
        }
        const index = (level - low) * perLevel
        pixels[out + column] =
          palette[index <= 0 ? 0 : index >= colours - 1 ? colours - 1 : (index + 0.5) | 0]
      }
    }
  }
  return { columns, pixels }
}

/** Writes the most extreme value of frames `from` to `to`, end exclusive, for each bin. */
function gather(
  values: Float32Array,
  bins: number,
  from: number,
  to: number,
  signed: boolean,
  into: Float32Array,
  at: number,
): void {
  for (let bin = 0; bin < bins; bin++) into[at + bin] = values[from * bins + bin]
  for (let frame = from + 1; frame < to; frame++) {
    for (let bin = 0; bin < bins; bin++) {
      const other = values[frame * bins + bin]
      const level = into[at + bin]
      if (signed ? Math.abs(other) > Math.abs(level) : other > level) into[at + bin] = other
    }
  }
}

/** Returns the picture as a canvas to draw from, or undefined if there is nothing to paint. */
export function paintPicture(
  levels: Levels,
  range: Range,
  scale: Pick<FrequencyScale, 'isEven' | 'binAt'>,
  palette?: Uint32Array,
  frames?: FrameRange,
): HTMLCanvasElement | undefined {
  if (levels.frames === 0 || levels.bins < 2) return undefined
  const { columns, pixels } = paintPixels(levels, range, scale, palette, frames)
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = levels.bins
  const bytes = new Uint8ClampedArray(pixels.buffer)
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, columns, levels.bins), 0, 0)
  return canvas
}
