import { expect, test } from 'vitest'
import { correctionsFor } from './settings.ts'

const spectral = { prior: 'spectral', corrections: { count: 16, momentum: 0.9 } } as const

test('corrections are the model’s own until the user chooses others', () => {
  expect(correctionsFor(undefined, spectral)).toEqual({ count: 16, momentum: 0.9, asked: false })
  expect(correctionsFor(16, spectral)).toEqual({ count: 16, momentum: 0.9, asked: true })
  expect(correctionsFor(4, spectral)).toEqual({ count: 4, momentum: 0, asked: true })
  expect(correctionsFor(0, spectral)).toEqual({ count: 0, momentum: 0, asked: true })
})

test('a model whose prior has no corrections makes none, whatever is chosen', () => {
  for (const prior of ['standard', 'energy'] as const)
    expect(correctionsFor(16, { ...spectral, prior })).toEqual({ count: 0, momentum: 0, asked: false })
})
