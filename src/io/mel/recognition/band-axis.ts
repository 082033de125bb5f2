/** Decides which axis of a matrix holds the bands. */
import type { Matrix } from '../formats/mel-array.ts'

export type BandAxis = {
  readonly bandAxis: 0 | 1
  readonly assumed: readonly string[]
  /** True if nothing distinguishes the axes: they are equally long and vary alike. */
  readonly isOpen: boolean
}

/** Undefined if neither axis has as many values as there are bands. */
export function findBandAxis(matrix: Matrix, bands: number): BandAxis | undefined {
  const { rows, columns } = matrix
  if (rows !== bands && columns !== bands) return undefined
  if (rows !== columns) return { bandAxis: rows === bands ? 0 : 1, assumed: [], isOpen: false }
  const alongRows = meanDifference(matrix, columns, 1)
  const alongColumns = meanDifference(matrix, 1, columns)
  const bandAxis = alongRows >= alongColumns ? 0 : 1
  const isClear = Math.max(alongRows, alongColumns) > 1.1 * Math.min(alongRows, alongColumns)
  return {
    bandAxis,
    assumed: isClear ? [`Both axes have ${bands} values: the one that varies more holds the bands.`] : [],
    isOpen: !isClear,
  }
}

/** Mean |difference| between values `step` apart in a square matrix whose other axis has stride `otherStep`. */
function meanDifference({ rows, values }: Matrix, step: number, otherStep: number): number {
  let sum = 0
  for (let other = 0; other < rows; other++) {
    for (let i = 1; i < rows; i++) {
      const at = other * otherStep + i * step
      sum += Math.abs(values[at] - values[at - step])
    }
  }
  return sum / (rows * (rows - 1))
}
