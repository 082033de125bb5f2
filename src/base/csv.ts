/** Tables as text for spreadsheets (RFC 4180). */

/** Text, or a number in the unit that the column names; undefined if unknown. */
export type CsvCell = string | number | undefined

/** Spreadsheets read text that begins with one of these as a formula. A leading apostrophe makes it text again. */
const formula = /^[=+\-@\t\r]/

/**
 * Lines end in CR LF. Integers are exact, other numbers have seven digits; a number that is not finite leaves the cell
 * empty.
 */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: CsvCell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) return ''
    return String(Number.isInteger(cell) ? cell : Number(cell.toPrecision(7)))
  }
  const text = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
