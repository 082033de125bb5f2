import { expect, test } from 'vitest'
import { correctionsFor } from './settings.ts'

const own = { count: 16, momentum: 0.9, scope: 'all' } as const
const spectral = { prior: 'spectral', corrections: own, correctsVoiced: true } as const

test('corrections are the model’s own until the user chooses others', () => {
  expect(correctionsFor(undefined, spectral)).toEqual({ ...own, asked: false })
  expect(correctionsFor(16, spectral)).toEqual({ ...own, asked: true })
  expect(correctionsFor(4, spectral)).toEqual({ count: 4, momentum: 0, scope: 'all', asked: true })
  expect(correctionsFor(0, spectral)).toEqual({ count: 0, momentum: 0, scope: 'all', asked: true })
  expect(correctionsFor('voiced', spectral)).toEqual({
    count: 32,
    momentum: 0.9,
    scope: 'voiced',
    asked: true,
  })
})

test('a model without voicing keeps its own corrections where voiced ones are chosen', () => {
  expect(correctionsFor('voiced', { ...spectral, correctsVoiced: false })).toEqual({ ...own, asked: false })
})

test('a model whose prior has no corrections makes none, whatever is chosen', () => {
  for (const prior of ['standard', 'energy'] as const)
    expect(correctionsFor(16, { ...spectral, prior })).toMatchObject({ count: 0, asked: false })
})
