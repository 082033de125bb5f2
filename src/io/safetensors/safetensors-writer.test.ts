import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeNumbers } from '../npy/decode-numbers.ts'
import { readSafetensors, readSafetensorsMetadata } from './safetensors.ts'
import { floatsToHalves, writeSafetensors } from './safetensors-writer.ts'

test('a written file is read back, with its metadata', () => {
  const bytes = writeSafetensors(
    [
      { name: 'a.weight', dtype: 'F32', shape: [2, 1], values: Float32Array.of(1 / 3, -2) },
      { name: 'b', dtype: 'F16', shape: [3], values: Float32Array.of(1, 0.1, 70_000) },
    ],
    { note: 'é "quoted"' },
  )
  const tensors = readSafetensors(bytes, 'a file')
  expect([...tensors.keys()]).toEqual(['a.weight', 'b'])
  expect(tensors.get('a.weight')).toMatchObject({ dtype: 'F32', shape: [2, 1] })
  expect(tensors.get('a.weight')?.values).toEqual(Float32Array.of(1 / 3, -2))
  expect(tensors.get('b')?.values).toEqual(Float32Array.of(1, 0.0999755859375, Number.POSITIVE_INFINITY))
  expect(readSafetensorsMetadata(bytes, 'a file')).toEqual({ note: 'é "quoted"' })
})

test('a file without metadata has none, and values that do not match their shape are a defect', () => {
  expect(readSafetensorsMetadata(writeSafetensors([]), 'a file')).toEqual({})
  const wrong = { name: 'a', dtype: 'F32', shape: [2], values: new Float32Array(3) } as const
  expect(() => writeSafetensors([wrong])).toThrow(RangeError)
})

test('every half survives conversion to float and back', () => {
  const halves = Uint16Array.from({ length: 0x1_0000 }, (_, bits) => bits)
  const again = floatsToHalves(decodeNumbers(new Uint8Array(halves.buffer), 'f2'))
  const isNaNPattern = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0
  const changed = [...halves].filter((bits, i) => !isNaNPattern(bits) && again[i] !== bits)
  expect(changed).toEqual([])
  expect(isNaNPattern(again[0x7c01])).toBe(true)
})

test('rounding goes to the nearest half, ties to even', () => {
  const near = (value: number) =>
    decodeNumbers(new Uint8Array(floatsToHalves(Float32Array.of(value)).buffer), 'f2')[0]
  expect(near(2049)).toBe(2048)
  expect(near(2051)).toBe(2052)
  expect(near(2 ** -25)).toBe(0)
  expect(near(3 * 2 ** -25)).toBe(2 * 2 ** -24)
  expect(near(65_519)).toBe(65_504)
  fc.assert(
    fc.property(fc.float({ min: Math.fround(-65_000), max: Math.fround(65_000), noNaN: true }), (value) => {
      const spacing = Math.max(2 ** (Math.floor(Math.log2(Math.abs(value) || 1e-9)) - 10), 2 ** -24)
      expect(Math.abs(near(value) - value)).toBeLessThanOrEqual(spacing / 2)
    }),
  )
})
