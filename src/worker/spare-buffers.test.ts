import { expect, test } from 'vitest'
import { SpareBuffers } from './spare-buffers.ts'

test('a copy is made in a spare buffer of its size, once, and otherwise in a new one', () => {
  const spare = new SpareBuffers()
  const given = Float32Array.of(1, 2, 3, 4).subarray(1, 3)
  const first = spare.copyOf(given)
  expect(first).toEqual(Float32Array.of(2, 3))
  expect(first.buffer.byteLength).toBe(8)
  const { buffer } = first
  spare.add([new ArrayBuffer(12), buffer as ArrayBuffer])
  const again = spare.copyOf(Int16Array.of(1, 2, 3, 4))
  expect(again).toEqual(Int16Array.of(1, 2, 3, 4))
  expect(again.buffer).toBe(buffer)
  expect(spare.copyOf(given).buffer).not.toBe(buffer)
  expect(given).toEqual(Float32Array.of(2, 3))
})

test('the last four spare buffers are kept', () => {
  const spare = new SpareBuffers()
  const buffers = Array.from({ length: 5 }, () => new ArrayBuffer(4))
  for (const buffer of buffers) spare.add([buffer])
  const used = buffers.map(() => spare.copyOf(Uint8Array.of(1, 2, 3, 4)).buffer)
  expect(used.slice(0, 4)).toEqual(buffers.slice(1))
  for (const [index, buffer] of used.slice(0, 4).entries()) expect(buffer).toBe(buffers[index + 1])
  expect(buffers).not.toContain(used[4])
})

test('a view of bytes that is no array of numbers is copied too', () => {
  const view = new DataView(Uint8Array.of(9, 8, 7).buffer, 1)
  const copy = new SpareBuffers().copyOf(view)
  expect(copy).toBeInstanceOf(DataView)
  expect((copy as DataView).getUint8(0)).toBe(8)
})
