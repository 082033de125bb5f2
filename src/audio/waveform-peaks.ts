/**
 * Minimum and maximum of a waveform over any range in logarithmic time, from a pyramid whose level k holds the extrema
 * of blocks of 32^(k+1) samples. Parts of a range that do not fill a block are read from the levels below, so the result
 * is exact and the outline of a waveform is stable while zooming.
 */

/** The pyramid takes 2 / (fanOut - 1) of the memory of the samples; a column reads at most twice as many values per level. */
const fanOut = 32

/** One value per column, `minimum[i] <= maximum[i]`. */
export type WaveformPeaks = {
  readonly minimum: Float32Array<ArrayBuffer>
  readonly maximum: Float32Array<ArrayBuffer>
}

/** `levels[0]` is the samples, as both minimum and maximum; each further level is a 32nd as long. */
export type PeakPyramid = {
  readonly levels: readonly { readonly minimum: Float32Array; readonly maximum: Float32Array }[]
}

/** Takes a fifteenth of the memory of `samples`, and keeps a reference to them. */
export function buildPeakPyramid(samples: Float32Array): PeakPyramid {
  const levels = [{ minimum: samples, maximum: samples }]
  for (let below = levels[0]; below.minimum.length > fanOut; below = levels[levels.length - 1]) {
    const blocks = Math.ceil(below.minimum.length / fanOut)
    const level = { minimum: new Float32Array(blocks), maximum: new Float32Array(blocks) }
    for (let block = 0; block < blocks; block++) {
      const end = Math.min(below.minimum.length, (block + 1) * fanOut)
      let low = Number.POSITIVE_INFINITY
      let high = Number.NEGATIVE_INFINITY
      for (let index = block * fanOut; index < end; index++) {
        low = Math.min(low, below.minimum[index])
        high = Math.max(high, below.maximum[index])
      }
      level.minimum[block] = low
      level.maximum[block] = high
    }
    levels.push(level)
  }
  return { levels }
}

/**
 * Extrema of `columns` equal slices of the samples [start, end), which need not be integers. A column covers at least
 * one sample, so beyond sample resolution neighbouring columns show the same one. Outside the signal both extrema are
 * 0.
 */
export function peaksBetween(
  { levels }: PeakPyramid,
  start: number,
  end: number,
  columns: number,
): WaveformPeaks {
  const minimum = new Float32Array(columns)
  const maximum = new Float32Array(columns)
  const length = levels[0].minimum.length
  for (let column = 0; column < columns; column++) {
    const from = Math.floor(start + ((end - start) * column) / columns)
    const to = Math.max(from + 1, Math.floor(start + ((end - start) * (column + 1)) / columns))
    let first = Math.max(0, from)
    let last = Math.min(length, to)
    if (first >= last) continue
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    const include = (level: number, block: number) => {
      low = Math.min(low, levels[level].minimum[block])
      high = Math.max(high, levels[level].maximum[block])
    }
    // Partial blocks at either end are read at this level; the whole blocks between them at the next.
    for (let level = 0; first < last; level++) {
      const top = level === levels.length - 1
      while (first < last && (top || first % fanOut !== 0)) include(level, first++)
      while (first < last && last % fanOut !== 0) include(level, --last)
      first /= fanOut
      last /= fanOut
    }
    minimum[column] = low
    maximum[column] = high
  }
  return { minimum, maximum }
}
