import { expect, test } from 'vitest'
import { identify } from '../../identify.ts'
import { open, textFile } from '../../testing/opened-mel.ts'
import { problemOf, rejectionOf } from '../../testing/problem-of.ts'
import { utf16 } from '../../testing/utf16.ts'
import { isTable } from './table-cells.ts'
import { readTable } from './table-mel.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const wanted = { shape: [2, 3], values: Float32Array.of(-11.5, 2, -0.25, 0, 1000, -1) }

test.each([
  ['commas', '-11.5,2,-.25\n0,1e3,-1\n'],
  ['numpy.savetxt', '-1.150e+01 2.000e+00 -2.500e-01\n0.000e+00 1.000e+03 -1.000e+00\n'],
  ['tabs and Windows lines', '-11.5\t2\t-0.25\r\n0\t1000\t-1'],
  ['semicolons, spaces and comments', '# a mel\n-11.5; 2; -0.25\n\n0; 1000; -1\n'],
  ['decimal commas between semicolons', '-11,5;2,0;-,25\r\n0;1000,0;-1'],
  ['decimal commas between tabs', '-11,5\t2\t-0,25\n0\t1,0e3\t-1'],
  ['quotes', '"-11.5","2","-0.25"\n"0","1000","-1"'],
  ['names in another encoding', 'B\xe4nd,f1,f2\n-11.5,2,-0.25\n0,1000,-1\n'],
  ['names', 'f0,f1,f2\n-11.5,2,-0.25\n0,1000,-1\n'],
  ['a mark of UTF-8', '\ufeff-11.5,2,-0.25\n0,1000,-1\n'],
])('reads %s', (_, text) => {
  expect(isTable(text, true)).toBe(true)
  expect(readTable(bytes(text), 'mel.csv')).toEqual(wanted)
})

test.each([
  ["pandas' row and column numbers", ',0,1,2\n0,-11.5,2,-0.25\n1,0,1000,-1\n2,0,0,0'],
  ['row numbers without names', '1;-11.5;2;-0.25\n2;0;1000;-1\n3;0;0;0'],
  ['row numbers in tabs', '\t0\t1\t2\n0\t-11.5\t2\t-0.25\n1\t0\t1000\t-1\n2\t0\t0\t0'],
])('leaves out the column that numbers the rows, and says so: %s', (_, text) => {
  const { shape, values, choice } = readTable(bytes(text), 'mel.csv')
  expect(shape).toEqual([3, 3])
  expect([...values.slice(0, 6)]).toEqual([...wanted.values])
  expect(choice).toContain('numbers the rows')
})

test('leaves out a line that numbers the columns', () => {
  expect(readTable(bytes('0,1,2\n-11.5,2,-.25\n0,1e3,-1'), 'mel.csv')).toEqual(wanted)
})

test.each([true, false])('reads UTF-16 with a mark and without; little endian: %s', (littleEndian) => {
  for (const text of ['\ufeff-11.5,2,-0.25\n0,1000,-1', '-11.5,2,-0.25\n0,1000,-1']) {
    const file = utf16(text, littleEndian)
    expect(readTable(file, 'mel.csv')).toEqual(wanted)
    expect(identify(file, 'mel')).toBe('table')
  }
})

test.each([
  ['table-ragged', '1,2\n3,4,5\n', /row 1 has 3 values/],
  ['table-ragged', '1,2,3\n4,5\n', /row 1 has 2 values/],
  ['table-not-number', '1,2\n3,four\n', /row 1, value 1/],
  ['table-not-number', '1,2\n3,\n', /row 1, value 1/],
  ['table-empty', 'a,b\n', /no line of numbers/],
] as const)('refuses with %s', (code, text, message) => {
  const problem = problemOf(() => readTable(bytes(text), 'mel.csv'))
  expect(problem).toMatchObject({ code, file: 'mel.csv', message: expect.stringMatching(message) })
})

test('what is not finite is named as in other files', async () => {
  const row = Array.from({ length: 80 }, (_, band) => (band === 7 ? '-inf' : '-5')).join(' ')
  const { bytes: file } = textFile('mel.txt', `${row}\n`.repeat(4))
  expect(await rejectionOf(open(file, { name: 'mel.txt' }))).toMatchObject({
    code: 'mel-not-finite',
    message: expect.stringContaining('-infinity at [0, 7]'),
  })
})

test.each(['hello, this is no mel', 'a 1\nb 2', '2026', 'rate: 22050\nhop: 256', ''])(
  'is not taken for a table: %s',
  (text) => {
    expect(isTable(text, false)).toBe(false)
    expect(isTable(text, true)).toBe(false)
  },
)

test('a mel in text is the mel of the array', async () => {
  const rows = Array.from({ length: 5 }, (_, frame) =>
    Array.from({ length: 80 }, (_, band) => -11.5 + ((7 * frame + 3 * band) % 23) / 2).join(','),
  )
  const { report, mel } = await open(bytes(rows.join('\n')), { name: 'mel.csv' })
  expect(report.shape).toEqual([5, 80])
  expect(mel?.values.slice(80, 82)).toEqual(Float32Array.of(-8, -6.5))
})
