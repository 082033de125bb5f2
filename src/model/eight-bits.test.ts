import { expect, test } from 'vitest'
import { fromEightBits } from './eight-bits.ts'
import fixture from './fixtures/eight-bits.fixture.json'

const f32 = (shape: readonly number[], ...values: number[]) => ({
  dtype: 'F32',
  shape,
  values: Float32Array.from(values),
})
const i8 = (shape: readonly number[], ...values: number[]) => ({ ...f32(shape, ...values), dtype: 'I8' })

test('each row has a scale of its own, whatever the number of axes', () => {
  const weights = fromEightBits(
    new Map([
      ['a', i8([2, 1, 2], 127, -1, 127, 0)],
      ['a.scale', f32([2], 0.5, 2)],
      ['bias', f32([2], 3, 4)],
    ]),
  )
  expect([...weights.keys()]).toEqual(['a', 'bias'])
  expect(weights.get('a')).toEqual(f32([2, 1, 2], 63.5, -0.5, 254, 0))
  expect(weights.get('bias')).toEqual(f32([2], 3, 4))
})

test('scales that do not belong to integers stay', () => {
  const stored = new Map([
    ['a', f32([1, 2], 1, 2)],
    ['a.scale', f32([1], 2)],
    ['b', i8([2, 1], 1, 2)],
    ['b.scale', f32([1], 2)],
    ['c.scale', f32([1], 2)],
  ])
  expect(fromEightBits(stored)).toEqual(stored)
})

test('a file of pretrain/networks/eight_bits.py is read as Python reads it', () => {
  const dtypes: Readonly<Record<string, string>> = fixture.dtypes
  const stored = Object.entries(fixture.stored).map(
    ([name, { shape, values }]) => [name, { ...f32(shape, ...values), dtype: dtypes[name] }] as const,
  )
  const weights = fromEightBits(new Map(stored))
  expect([...weights.keys()].toSorted()).toEqual(Object.keys(fixture.weights).toSorted())
  for (const [name, { shape, values }] of Object.entries(fixture.weights)) {
    const read = weights.get(name)
    expect(read?.shape).toEqual(shape)
    for (const [index, value] of values.entries())
      expect(Math.abs((read?.values[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(
        1e-6 * Math.abs(value),
      )
  }
})
