/** Formatting of numbers and lists in sentences. */

/** "1 trial", "3 trials". */
export function pluralize(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** "a", "a and b", "a, b and c"; with semicolons if an item contains a comma. */
export function joinList(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? ''
  const holdsCommas = items.length > 2 && items.some((item) => item.includes(','))
  const separator = holdsCommas ? '; ' : ', '
  return `${items.slice(0, -1).join(separator)}${holdsCommas ? ';' : ''} and ${items[items.length - 1]}`
}

/** Formats a fraction from 0 to 1: "75 %", "3.8 %", "0.02 %", "under 0.01 %", "over 99.5 %". */
export function percent(share: number): string {
  const value = 100 * share
  if (value > 0 && value < 0.01) return 'under 0.01 %'
  if (value > 99.5 && value < 100) return 'over 99.5 %'
  if (value < 1) return `${Number(value.toPrecision(1))} %`
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)} %`
}

/** Formats a number with a minus sign (U+2212) and `decimals` decimals. */
export function decimal(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

/** Formats p with two digits: "p = 0.038", "p < 0.0001", "p > 0.995". */
export function pText(p: number): string {
  if (p < 0.0001) return 'p < 0.0001'
  if (p > 0.995 && p < 1) return 'p > 0.995'
  return `p = ${Number(p.toPrecision(2))}`
}
