import { expect, test } from 'vitest'
import { arkFile } from '../testing/ark-file.ts'
import { open, openArray } from '../testing/opened-mel.ts'
import { problemOf } from '../testing/problem-of.ts'
import { readArk } from './ark-reader.ts'
import { isArk } from './is-ark.ts'

/** struct.pack of Python: "a \0BFM \4" 1, \4 2, then -1.5 and 2. */
const byHand = Uint8Array.from([
  97, 32, 0, 66, 70, 77, 32, 4, 1, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0, 192, 191, 0, 0, 0, 64,
])

test('reads a matrix, byte by byte', () => {
  const [matrix] = readArk(byHand, 'feats.ark')
  expect(matrix.name).toBe('a')
  expect(matrix.read()).toEqual({ shape: [1, 2], values: Float32Array.of(-1.5, 2) })
})

test('reads all matrices, float32 and float64', () => {
  for (const type of ['FM', 'DM'] as const) {
    const matrices = readArk(arkFile({ 'LJ001-0001': [3, 80], b: [2, 80] }, type), 'feats.ark')
    expect(matrices.map(({ name, read }) => [name, read().shape, read().values[0]])).toEqual([
      ['LJ001-0001', [3, 80], -8],
      ['b', [2, 80], 22],
    ])
  }
})

test('a mel from an archive is the mel of the array', async () => {
  const bytes = arkFile({ 'LJ001-0001': [3, 80], other: [5, 80] })
  const values = Float32Array.from({ length: 240 }, (_, index) => -8 + index / 8)
  const { report } = await open(bytes)
  expect(report.shape).toEqual([3, 80])
  expect(report.assumed[0]).toBe('"LJ001-0001" of its 2 arrays holds the mel.')
  expect(report.reading).toEqual((await openArray(values, [3, 80])).report.reading)
})

const changed = (at: number, ...bytes: number[]) => {
  const copy = byHand.slice()
  copy.set(bytes, at)
  return copy
}

test.each([
  ['ark-truncated', byHand.slice(0, -1), /ends before the values of "a"/],
  ['ark-truncated', changed(8, 0xff, 0xff, 0xff, 0x7f), /ends before/],
  ['ark-truncated', changed(8, 0xff, 0xff, 0xff, 0xff), /ends before/],
  ['ark-compressed', changed(4, 67), /lossy compression/],
  ['ark-type', changed(5, 86), /not a matrix/],
  ['ark-damaged', changed(7, 8), /at byte 0/],
  ['ark-damaged', Uint8Array.from([...byHand, 1, 2, 3]), /at byte 25/],
] as const)('%s', (code, bytes, message) => {
  expect(isArk(bytes)).toBe(true)
  const problem = problemOf(() => readArk(bytes, 'feats.ark'))
  expect(problem).toMatchObject({ code, file: 'feats.ark', message: expect.stringMatching(message) })
  expect(problem.remedy).toBeTruthy()
})
