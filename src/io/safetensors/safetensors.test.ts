import { expect, test } from 'vitest'
import { problemOf } from '../testing/problem-of.ts'
import { safetensorsBytes, safetensorsFile } from '../testing/safetensors-file.ts'
import { readSafetensors } from './safetensors.ts'

const read = (bytes: Uint8Array<ArrayBuffer>) => readSafetensors(bytes, 'model.safetensors')
const float32 = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer)
const f32 = (shape: unknown, begin: number, end: number) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
})

test('reads names, shapes and values in every floating type', () => {
  const data = new Uint8Array([
    ...float32(1.5, -2),
    ...new Uint8Array(Float64Array.of(0.25).buffer),
    ...new Uint8Array(Uint16Array.of(0x3c00, 0x0001, 0xfc00, 0x7e00).buffer),
    ...new Uint8Array(Uint16Array.of(0x3fc0, 0xc2f7).buffer),
  ])
  const tensors = read(
    safetensorsFile(
      {
        __metadata__: { format: 'pt' },
        half: { dtype: 'F16', shape: [4], data_offsets: [16, 24] },
        brain: { dtype: 'BF16', shape: [2], data_offsets: [24, 28] },
        single: f32([2, 1], 0, 8),
        double: { dtype: 'F64', shape: [], data_offsets: [8, 16] },
      },
      data,
    ),
  )
  expect([...tensors.keys()]).toEqual(['single', 'double', 'half', 'brain'])
  expect(tensors.get('single')).toMatchObject({ dtype: 'F32', shape: [2, 1] })
  expect(tensors.get('single')?.values).toEqual(Float32Array.of(1.5, -2))
  expect(tensors.get('double')?.values).toEqual(Float32Array.of(0.25))
  expect(tensors.get('half')?.values).toEqual(Float32Array.of(1, 2 ** -24, -Infinity, NaN))
  expect(tensors.get('brain')?.values).toEqual(Float32Array.of(1.5, -123.5))
})

test('decodes a tensor once, at its first access', () => {
  const tensor = read(safetensorsFile({ a: f32([1], 0, 4) }, float32(1))).get('a')
  expect(tensor?.values).toBe(tensor?.values)
})

test('reads a file at any offset of its buffer', () => {
  const file = safetensorsFile({ a: f32([1], 0, 4) }, float32(7))
  const buffer = new Uint8Array(file.length + 3)
  buffer.set(file, 3)
  expect(read(buffer.subarray(3)).get('a')?.values).toEqual(Float32Array.of(7))
})

test('a tensor may be empty, and may be named __proto__', () => {
  const header = '{"__proto__":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]}}'
  expect(read(safetensorsBytes(header)).get('__proto__')?.shape).toEqual([0, 3])
})

test('an empty tensor may begin where another one does, in any order of the header', () => {
  const empty = f32([0], 0, 0)
  const full = f32([1], 0, 4)
  for (const tensors of [
    { empty, full },
    { full, empty },
  ])
    expect([...read(safetensorsFile(tensors, float32(1))).keys()]).toEqual(['empty', 'full'])
})

const one = float32(1)
const header = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'

const refused: [what: string, code: string, bytes: Uint8Array<ArrayBuffer>, message: RegExp][] = [
  ['less than eight bytes', 'safetensors-too-short', new Uint8Array(7), /too short/],
  [
    'a header past the end',
    'safetensors-header-truncated',
    safetensorsBytes(header, one).slice(0, 40),
    /ends inside its safetensors header/,
  ],
  ['a header above 10 MB', 'safetensors-header-size', new Uint8Array(16).fill(255), /more than 10 MB/],
  [
    'a header not in UTF-8',
    'text-encoding',
    safetensorsBytes(Uint8Array.of(0x7b, 0xff)),
    /not text in UTF-8/,
  ],
  ['a header not in JSON', 'json-invalid', safetensorsBytes('{"a" 1}'), /not valid JSON/],
  ['a truncated header', 'json-truncated', safetensorsBytes('{"a":{'), /in the middle of its JSON/],
  ['an empty header', 'json-invalid', safetensorsBytes(''), /not valid JSON/],
  ['a header that is a list', 'safetensors-header', safetensorsBytes('[]'), /not a JSON object/],
  ['a duplicate key', 'json-duplicate-key', safetensorsBytes(`{"a":1,"\\u0061":2}`), /names "a" twice/],
  ['an entry that is not an object', 'safetensors-header', safetensorsFile({ a: 1 }), /the tensor "a"/],
  [
    'an unknown type',
    'safetensors-dtype',
    safetensorsFile({ a: { dtype: 'F8_E4M3', shape: [1], data_offsets: [0, 1] } }, one.slice(1, 2)),
    /the tensor "a" in a type that cannot be read/,
  ],
  [
    'a negative size',
    'safetensors-shape',
    safetensorsFile({ a: f32([-1], 0, 4) }, one),
    /not a list of sizes/,
  ],
  ['no shape', 'safetensors-shape', safetensorsFile({ a: f32(undefined, 0, 4) }, one), /not a list of sizes/],
  [
    'a product beyond 2^53',
    'safetensors-shape',
    safetensorsFile({ a: f32([2 ** 50, 2 ** 50, 0], 0, 0) }),
    /overflows/,
  ],
  ['reversed offsets', 'safetensors-offsets', safetensorsFile({ a: f32([1], 4, 0) }), /not a range/],
  [
    'a size that does not match',
    'safetensors-size',
    safetensorsFile({ a: f32([2], 0, 4) }, one),
    /does not match its shape and type/,
  ],
  [
    'a gap',
    'safetensors-hole',
    safetensorsFile({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, float32(1, 2, 3)),
    /a gap before the tensor "b"/,
  ],
  [
    'an overlap',
    'safetensors-overlap',
    safetensorsFile({ a: f32([2], 0, 8), b: f32([1], 4, 8) }, float32(1, 2)),
    /overlap before the tensor "b"/,
  ],
  ['a byte too few', 'safetensors-truncated', safetensorsBytes(header, one.slice(1)), /is truncated/],
  [
    'a byte too many',
    'safetensors-trailing-bytes',
    safetensorsBytes(header, new Uint8Array(5)),
    /bytes after its last tensor/,
  ],
]

test.each(refused)('refuses %s: %s', (_, code, bytes, message) => {
  const problem = problemOf(() => read(bytes))
  expect(problem).toMatchObject({ code, file: 'model.safetensors', message: expect.stringMatching(message) })
  expect(problem.message).toMatch(/^model\.safetensors .*\.$/)
})
