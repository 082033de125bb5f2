/** The lines and cells of a table of numbers in text. */
const numberPattern = /^[+-]?(\d+\.?\d*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|inf(inity)?|nan)$/i

/** Whether the text that begins with `start` is a table of numbers; `hasTableName` allows a first line of names. */
export function isTable(start: string, hasTableName: boolean): boolean {
  const lines = linesOf(start)
  const isCut = lines.length > 1 || !start.includes('\n')
  // The last value may be cut off.
  const [first = [], second = []] = lines
    .slice(0, 2)
    .map((line, index) => cellsOf(line).slice(0, isCut && index === lines.length - 1 ? -1 : undefined))
  if (first.length > 1 && first.every(isNumber)) return true
  return hasTableName && second.length > 1 && second.every(isNumber)
}

/** Returns the lines but for comments and empty ones. */
export const linesOf = (text: string) =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n|\r/)
    .filter((line) => !/^\s*(#|$)/.test(line))

/**
 * White space separates only where no comma, semicolon or tab does: names can hold spaces. Spreadsheets of many countries
 * write semicolons or tabs, and commas in the numbers.
 */
export function cellsOf(line: string): string[] {
  const isTabbed = line.includes('\t') && !/,\s*\t/.test(line)
  const separator = line.includes(';') ? ';' : isTabbed ? '\t' : line.includes(',') ? ',' : /\s+/
  const cells = (separator === '\t' ? line.trimEnd() : line.trim())
    .split(separator)
    .map((cell) => cell.trim())
  const bare = line.includes('"') ? cells.map((cell) => cell.replace(/^"(.*)"$/, '$1')) : cells
  return line.includes(',') ? bare.map((cell) => cell.replace(decimalComma, '$1.$2')) : bare
}

/** A cell that holds a comma was not separated by commas. */
const decimalComma = /^([+-]?\d*),(\d+(?:e[+-]?\d+)?)$/i

export const isNumber = (cell: string) => numberPattern.test(cell)
