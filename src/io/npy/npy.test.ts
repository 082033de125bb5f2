import { expect, test } from 'vitest'
import files from '../fixtures/numpy-files.fixture.json'
import { fixtureBytes } from '../testing/fixture-bytes.ts'
import { npyFile } from '../testing/npy-file.ts'
import { problemOf } from '../testing/problem-of.ts'
import { readNpy } from './npy-reader.ts'
import { writeNpy } from './npy-writer.ts'

const read = (bytes: Uint8Array<ArrayBuffer>) => readNpy(bytes, 'mel.npy')
const readable = Object.entries(files).flatMap(([name, file]) =>
  'values' in file && !name.endsWith('npz') ? [[name, file] as const] : [],
)

test.each(readable)('reads what NumPy writes: %s', (_, file) => {
  const { shape, values } = read(fixtureBytes(file))
  expect(shape).toEqual(file.shape)
  expect([...values]).toEqual(file.values)
})

test('reads a header written by Python 2, and one in parentheses', () => {
  const data = new Uint8Array(8)
  expect(read(npyFile("{'descr': '<f4', 'fortran_order': False, 'shape': (2L,)}", data)).shape).toEqual([2])
  expect(read(npyFile(`({"shape": (2, 1), "descr": "<f4", 'fortran_order': True,})`, data)).shape).toEqual([
    2, 1,
  ])
})

test.each([[[3]], [[2, 3]], [[80, 7]], [[1, 80, 2]]])('reads what the writer wrote: shape %j', (shape) => {
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i))
  expect(read(writeNpy(values, shape))).toEqual({ shape, values })
})

test('writes the same bytes as numpy.save', () => {
  const file = files['<f4']
  expect(writeNpy(Float32Array.from(file.values), file.shape)).toEqual(fixtureBytes(file))
})

const valid = npyFile("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1)}", new Uint8Array(8))
const withHeader = (header: string, dataBytes = 8) => npyFile(header, new Uint8Array(dataBytes))
const withShape = (shape: string) => withHeader(`{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}}`)
const withType = (descr: string) => withHeader(`{'descr': ${descr}, 'fortran_order': False, 'shape': (1,)}`)
const changed = (at: number, byte: number) => valid.with(at, byte)

const refused: [what: string, code: string, bytes: Uint8Array<ArrayBuffer>, message: RegExp][] = [
  ['an empty file', 'npy-not-numpy', new Uint8Array(), /is empty: not a NumPy file/],
  ['another type', 'npy-not-numpy', new TextEncoder().encode('hello'), /is not a NumPy file/],
  ['version 4', 'npy-version', changed(6, 4), /version of the NumPy format/],
  ['version 0', 'npy-version', changed(6, 0), /version of the NumPy format/],
  ['a file cut in its magic', 'npy-truncated', valid.slice(0, 7), /ends inside its NumPy header/],
  ['a file cut in its header', 'npy-truncated', valid.slice(0, 40), /ends inside its NumPy header/],
  ['a header above 10,000 bytes', 'npy-header-size', changed(9, 0xff), /more than 10,000 bytes/],
  ['a header that is not a literal', 'npy-header', withHeader('{open("x")}'), /not a Python literal/],
  ['a deeply nested header', 'npy-header', withHeader('['.repeat(9000)), /not a Python literal/],
  ['a header that is a list', 'npy-header', withHeader('[1, 2]'), /not a dictionary/],
  ['a missing key', 'npy-header', withHeader("{'descr': '<f4', 'shape': (2,)}"), /missing keys/],
  [
    'an extra key',
    'npy-header',
    withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}"),
    /extra keys/,
  ],
  [
    'a key given twice',
    'npy-header',
    withHeader("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}"),
    /not a Python literal/,
  ],
  [
    'an order that is not a boolean',
    'npy-header',
    withHeader("{'descr': '<f4', 'fortran_order': 1, 'shape': (2,)}"),
    /neither True nor False/,
  ],
  ['Python objects', 'npy-object', fixtureBytes(files.objects), /Python objects.*save it again as float32/],
  ['complex numbers', 'npy-dtype', fixtureBytes(files.complex), /complex numbers/],
  ['text', 'npy-dtype', fixtureBytes(files.text), /text/],
  ['booleans', 'npy-dtype', fixtureBytes(files['truth values']), /booleans/],
  ['records', 'npy-dtype', fixtureBytes(files.records), /records with fields/],
  ['long doubles', 'npy-dtype', withType("'<f16'"), /cannot be read/],
  ['a type that exists only in Object.prototype', 'npy-dtype', withType("'toString'"), /cannot be read/],
  ['a negative size', 'npy-shape', withShape('(-2, 1)'), /negative size/],
  ['a size of zero', 'npy-shape', fixtureBytes(files.empty), /holds no values/],
  ['a huge shape', 'npy-shape', withShape('(99999999999, 99999999999)'), /implausibly large/],
  ['a shape that is not a tuple', 'npy-shape', withShape('2'), /not a tuple of sizes/],
  ['a byte too few', 'npy-truncated', valid.slice(0, -1), /expected 8 bytes of data, got 7\.$/],
  ['a byte too many', 'npy-trailing-bytes', Uint8Array.of(...valid, 0), /expected 8 bytes of data, got 9\.$/],
]

test.each(refused)('refuses %s: %s', (_, code, bytes, message) => {
  const problem = problemOf(() => read(bytes))
  expect(problem).toMatchObject({ code, file: 'mel.npy', message: expect.stringMatching(message) })
  expect(problem.message).toMatch(/^mel\.npy .*\.$/)
  expect(problem.remedy).toBeTruthy()
})
