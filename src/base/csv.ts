/** Tables as text for spreadsheets (RFC 4180). */

/** Text, or a number in the unit that the column names; undefined if unknown. */
export type CsvCell = string | number | undefined

/**
 * Spreadsheets read text that begins with a sign, also a full-width one, as a formula, and some trim white space before
 * it. An apostrophe in front makes it text.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/
/** A cell also begins after each semicolon or tab, even within quotes, in locales that separate cells by them. */
const formulaWithin = /[;\t\r\n](?=\s*[=+\-@＝＋－＠])/g

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
  const text = (formula.test(cell) ? `'${cell}` : cell).replace(formulaWithin, "$&'")
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
