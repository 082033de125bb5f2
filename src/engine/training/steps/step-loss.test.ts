import { expect, test } from 'vitest'
import { inPairs } from './step-loss.ts'

test.each([
  [1, [1, 1]],
  [2, [1, 1]],
  [3, [1, 1, 2, 2]],
  [4, [1, 1, 2, 2]],
])('with %i crops, the first half occurs twice in a row', (batch, expected) => {
  const rows = (length: number) =>
    Float32Array.from({ length: batch * length }, (_, index) => 1 + Math.floor(index / length))
  const pairs = inPairs({
    batch,
    frames: 2,
    audio: rows(8),
    whitened: rows(8),
    mel: rows(6),
    pulses: rows(8),
  })
  const everyFirst = (values: Float32Array, length: number) =>
    values.filter((_, index) => index % length === 0)
  expect(pairs).toMatchObject({ batch: expected.length, frames: 2 })
  expect([...everyFirst(pairs.mel, 6)]).toEqual(expected)
  for (const signal of [pairs.audio, pairs.whitened, pairs.pulses ?? []])
    expect([...everyFirst(Float32Array.from(signal), 8)]).toEqual(expected)
  expect(pairs.audio[7]).toBe(1)
})
