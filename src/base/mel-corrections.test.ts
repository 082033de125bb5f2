import { expect, test } from 'vitest'
import { correctionsText, resolveCorrections } from './mel-corrections.ts'

const shipped = { count: 16, momentum: 0.9 }

test('without a choice a model keeps its own corrections, whatever they are', () => {
  for (const own of [shipped, { count: 0, momentum: 0 }, { count: 7, momentum: 0.4 }])
    expect(resolveCorrections(undefined, own)).toEqual(own)
})

test('a chosen count comes with the momentum that it was measured with', () => {
  const own = { count: 7, momentum: 0.4 }
  expect(resolveCorrections(0, own)).toEqual({ count: 0, momentum: 0 })
  expect(resolveCorrections(4, own)).toEqual({ count: 4, momentum: 0 })
  expect(resolveCorrections(16, own)).toEqual({ count: 16, momentum: 0.9 })
})

test('the model’s own count, chosen explicitly, keeps the model’s own momentum', () => {
  expect(resolveCorrections(16, { count: 16, momentum: 0.5 })).toEqual({ count: 16, momentum: 0.5 })
})

test('counts are written with the right plural', () => {
  expect([0, 1, 16].map((count) => correctionsText({ count }))).toEqual([
    'no corrections',
    '1 correction',
    '16 corrections',
  ])
})
