import { expect, test, vi } from 'vitest'
import { problemOf } from '../../testing/problem-of.ts'
import { utf16 } from '../../testing/utf16.ts'
import { workDone } from '../../testing/work-done.ts'
import { readJsonMels } from './json-mel.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const read = (text: string) =>
  readJsonMels(encode(text), 'mel.json').map((array) => ({ name: array.name, ...array.read() }))

test('reads a list of lists', () => {
  expect(read('\ufeff[[1, -2.5e0, 3], [4, 5, 6]]')).toEqual([
    { name: 'mel', shape: [2, 3], values: Float32Array.of(1, -2.5, 3, 4, 5, 6) },
  ])
})

test('reads the lists of an object under any key', () => {
  const arrays = read('{"rate": 22050, "mel": [[[1], [2]]], "__proto__": [7]}')
  expect(arrays.map(({ name, shape }) => [name, shape])).toEqual([
    ['mel', [1, 2, 1]],
    ['__proto__', [1]],
  ])
})

test('reads a list of 200,000 numbers, looking at each character once and parsing it once', () => {
  const text = JSON.stringify(Array.from({ length: 80 }, () => Array.from({ length: 2500 }, Math.random)))
  const parse = vi.spyOn(JSON, 'parse')
  const { charCodeAt } = String.prototype
  let looks = 0
  Object.defineProperty(String.prototype, 'charCodeAt', {
    configurable: true,
    writable: true,
    value(this: string, at: number) {
      looks++
      return charCodeAt.call(this, at)
    },
  })
  try {
    expect(read(text)[0].shape).toEqual([80, 2500])
  } finally {
    Object.defineProperty(String.prototype, 'charCodeAt', {
      configurable: true,
      writable: true,
      value: charCodeAt,
    })
  }
  expect(looks).toBe(text.length)
  expect(parse).toHaveBeenCalledTimes(1)
  parse.mockRestore()
})

const refused: [what: string, code: string, text: string, message: RegExp][] = [
  ['truncated text', 'json-truncated', '[[1, 2], [3', /ends in the middle of its JSON/],
  ['text truncated in a string', 'json-truncated', '{"me', /ends in the middle of its JSON/],
  ['blank text', 'json-invalid', ' ', /not valid JSON/],
  ['100,000 levels', 'json-deep', '['.repeat(100_000) + ']'.repeat(100_000), /more than 64 levels/],
  ['NaN', 'json-nan', '[[1, NaN]]', /contains NaN/],
  ['an infinity', 'json-nan', '[[1, -Infinity]]', /contains -Infinity/],
  ['ragged rows', 'json-ragged', '[[1, 2], [3, 4], [5]]', /row 2 has 1 values/],
  ['ragged inner rows', 'json-ragged', '[[[1, 2], [3]]]', /row 0, value 1 has 1 values/],
  [
    'rows whose product is huge',
    'json-ragged',
    `[[${'[0],'.repeat(4e5)}[0]],${'0,'.repeat(4e5)}0]`.replace('[0]', `[${'1,'.repeat(4e5)}1]`),
    /row 0, value 1 has 1 values/,
  ],
  ['a string', 'json-not-number', '[[1, "2"]]', /in row 0, value 1/],
  ['null', 'json-not-number', '[[1, 2], [3, null]]', /in row 1, value 1/],
  ['a number in place of a row', 'json-not-number', '[[1, 2], 3]', /in row 1/],
  ['a row in place of a number', 'json-not-number', '[[1, [2]]]', /in row 0, value 1/],
  ['an empty list', 'json-empty', '[[], []]', /empty list/],
  ['no list', 'json-no-array', '{"sample_rate": 22050}', /no list of numbers/],
  ['a bare number', 'json-no-array', '3', /no list of numbers/],
  ['an invalid literal', 'json-invalid', '[[nope]]', /not valid JSON/],
]

test.each(refused)('refuses %s: %s', (_, code, text, message) => {
  const problem = problemOf(() => read(text))
  expect(problem).toMatchObject({ code, file: 'mel.json', message: expect.stringMatching(message) })
  expect(problem.message).toMatch(/^mel\.json .*\.$/)
})

test('believes no shape beyond what the text can hold', async () => {
  const zeros = '0,'.repeat(999)
  const text = `[[[${zeros}0],${zeros}0],${zeros}0]`
  const { allocatedBytes } = await workDone(() =>
    expect(problemOf(() => read(text))).toMatchObject({ code: 'json-not-number' }),
  )
  expect(allocatedBytes).toBeLessThanOrEqual(4 * text.length)
})

test('refuses more than 50 MB before it is read', () => {
  const problem = problemOf(() => readJsonMels(new Uint8Array(50_000_001), 'mel.json'))
  expect(problem).toMatchObject({ code: 'json-size', accepted: 'at most 50 MB' })
})

test('reads one list per line', () => {
  expect(read('[1, 2]\r\n[3, 4]\n\n[5, 6]\n')).toMatchObject([{ shape: [3, 2] }])
  expect(problemOf(() => read('[1, 2]\n[3, 4'))).toMatchObject({ code: 'json-truncated' })
})

test('reads a flat list with its shape, and no other list that comes with a shape', () => {
  const values = [1, 2, 3, 4, 5, 6]
  const flat = (shape: unknown) => read(JSON.stringify({ rate: [1], shape, data: values }))
  expect(flat([2, 3])).toEqual([{ name: 'data', shape: [2, 3], values: Float32Array.from(values) }])
  for (const shape of [[2, 2], [6], [-2, -3], [1.5, 4]])
    expect(flat(shape)).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'data', shape: [6] })]),
    )
})

test('reads UTF-16', () => {
  expect(readJsonMels(utf16('\ufeff[[1, 2], [3, 4]]', true), 'mel.json')[0].read().shape).toEqual([2, 2])
})

test('refuses text that is not UTF-8', () => {
  expect(problemOf(() => readJsonMels(Uint8Array.of(0x5b, 0xff), 'mel.json')).code).toBe('text-encoding')
})
