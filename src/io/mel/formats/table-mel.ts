/**
 * Reads a mel as text: one row per line, values separated by commas, semicolons or white space, as numpy.savetxt and
 * spreadsheets write them. Lines that begin with # are comments. A first line of names or of column numbers is skipped,
 * and so is a first column of row numbers.
 */
import type { ChosenArray } from '../../npy/named-array.ts'
import { quoted, type Refuse, refusalsOf } from '../../refusal.ts'
import { decodeLoosely } from '../../text.ts'
import { cellsOf, isNumber, linesOf } from './table-cells.ts'
import { checkTextSize } from './text-size.ts'

const accepted = 'lines with equally many numbers, separated by commas or spaces'

/** Refuses with `table-size`, `table-empty`, `table-ragged` or `table-not-number`. */
export function readTable(bytes: Uint8Array<ArrayBuffer>, file: string): ChosenArray {
  const refuse = refusalsOf(file)
  checkTextSize(bytes, 'table-size', refuse)
  // Names can be in any encoding, and a number that is not ASCII is refused as what it is.
  const lines = linesOf(decodeLoosely(bytes))
  const names = lines.length > 0 && isHeader(lines) ? cellsOf(lines[0]) : undefined
  const rows = names ? lines.slice(1) : lines
  if (rows.length === 0) return refuse('table-empty', 'holds no line of numbers', { accepted })
  const skipped = names?.[0] === '' || areCounted(rows) ? 1 : 0
  const columns = cellsOf(rows[0]).length - skipped
  // Every value takes at least two characters, so no count of columns is believed beyond the text.
  const values = new Float32Array(Math.min(rows.length * columns, Math.ceil(bytes.length / 2)))
  for (const [row, line] of rows.entries()) {
    const cells = cellsOf(line).slice(skipped)
    if (cells.length !== columns) {
      refuse('table-ragged', `has lines of different lengths: row ${row} has ${cells.length} values`, {
        found: `${cells.length} values in row ${row}, ${columns} in the first`,
        accepted,
        remedy: 'Save all frames of one mel, and nothing else, with as many values in every line.',
      })
    }
    for (const [column, cell] of cells.entries())
      values[row * columns + column] = isNumber(cell) ? numberOf(cell) : refuseCell(cell, row, column, refuse)
  }
  const choice = 'The first column, which numbers the rows, was left out'
  return { shape: [rows.length, columns], values, ...(skipped > 0 && { choice }) }
}

/** Whether the first line holds names, or numbers the columns of the next, as pandas does where there are no names. */
function isHeader([first, second = '']: readonly string[]): boolean {
  const cells = cellsOf(first)
  if (!cells.every(isNumber)) return true
  return cells.length > 2 && isCount(cells) && cellsOf(second).length === cells.length
}

/** Whether the first column numbers the rows: no band of a mel rises by one from frame to frame. */
function areCounted(rows: readonly string[]): boolean {
  const some = rows.slice(0, 100).map(cellsOf)
  return some.length > 2 && some[0].length > 2 && isCount(some.map(([first]) => first))
}

/** Whether the cells are 0, 1, 2 ... or 1, 2, 3 ... */
function isCount(cells: readonly string[]): boolean {
  const start = Number(cells[0])
  return (start === 0 || start === 1) && cells.every((cell, index) => cell === `${start + index}`)
}

function refuseCell(cell: string, row: number, column: number, refuse: Refuse): never {
  return refuse('table-not-number', `holds something other than a number in row ${row}, value ${column}`, {
    found: quoted(cell),
    accepted,
    remedy: "Write plain numbers with a point, as numpy.savetxt('mel.csv', mel, delimiter=',') does.",
  })
}

/** Number reads no short form of infinity. */
const numberOf = (cell: string) => Number(cell.replace(/inf(inity)?/i, 'Infinity'))
