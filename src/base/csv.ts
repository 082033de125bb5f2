/** Tables as text for spreadsheets (RFC 4180). */

/** Text, or a number in the unit that the column names; nothing where it is unknown. */
export type CsvCell = string | number | undefined

/** Spreadsheets take text that begins so for a formula: an apostrophe before it makes it text again. */
const formula = /^[=+\-@\t\r]/

/** Lines end in CR LF. Whole numbers are exact, others have seven digits; what is not finite is empty. */
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
