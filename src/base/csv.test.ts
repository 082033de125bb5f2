import { expect, test } from 'vitest'
import { csvText } from './csv.ts'

test('cells are quoted where needed, and lines end as RFC 4180 requires', () => {
  const rows = [
    ['name', 'value'],
    ['a, "b"', 1],
    ['two\nlines', undefined],
  ]
  expect(csvText(rows)).toBe('name,value\r\n"a, ""b""",1\r\n"two\nlines",\r\n')
})

test('text never becomes a formula', () => {
  expect(csvText([['=1+1', '+1', '-1', '@cell', 'plain']])).toBe("'=1+1,'+1,'-1,'@cell,plain\r\n")
})

test.each([
  ['\n=1+1', '"\'\n\'=1+1"'],
  ['\t=1+1', '"\'\t\'=1+1"'],
  [' =1+1', "' =1+1"],
  ['＝1+1', "'＝1+1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠cell', "'＠cell"],
  ['a;=1+1', '"a;\'=1+1"'],
  ['a; @cell', '"a;\' @cell"'],
  ['a\n-1', '"a\n\'-1"'],
  // Text in which a sign does not begin a cell stays as it is.
  ['a=1+1', 'a=1+1'],
  ['a, -1', '"a, -1"'],
  ['half-way; done', '"half-way; done"'],
])('%j becomes no formula, whatever separator the locale has', (cell, written) => {
  expect(csvText([[cell]])).toBe(`${written}\r\n`)
})

test('a seed keeps all its digits, a measurement has seven, and a number that is not finite is left empty', () => {
  expect(csvText([[4294967295, 0.1 + 0.2, -1.5, Number.NaN, Number.NEGATIVE_INFINITY]])).toBe(
    '4294967295,0.3,-1.5,,\r\n',
  )
})
