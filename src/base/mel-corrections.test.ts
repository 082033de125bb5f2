import { expect, test } from 'vitest'
import {
  choiceOf,
  choiceText,
  correctionChoices,
  correctionsText,
  resolveCorrections,
} from './mel-corrections.ts'

const all = { scope: 'all' } as const
const none = { count: 0, momentum: 0, ...all }
const shipped = { count: 16, momentum: 0.9, ...all }

test('without a choice a model keeps its own corrections, whatever they are', () => {
  for (const own of [shipped, none, { count: 7, momentum: 0.4, ...all }])
    expect(resolveCorrections(undefined, own)).toEqual(own)
})

test('a chosen setting comes with the momentum that it was measured with', () => {
  const own = { count: 7, momentum: 0.4, ...all }
  expect(resolveCorrections(0, own)).toEqual(none)
  expect(resolveCorrections(4, own)).toEqual({ count: 4, momentum: 0, ...all })
  expect(resolveCorrections(16, own)).toEqual(shipped)
  expect(resolveCorrections('voiced', own)).toEqual({ count: 32, momentum: 0.9, scope: 'voiced' })
})

test('the model’s own setting, chosen explicitly, keeps the model’s own momentum', () => {
  for (const own of [
    { count: 16, momentum: 0.5, ...all },
    { count: 32, momentum: 0.5, scope: 'voiced' },
  ] as const)
    expect(resolveCorrections(choiceOf(own), own)).toEqual(own)
})

test('as many corrections of everything are not those of a voice', () => {
  const own = { count: 32, momentum: 0.5, ...all }
  expect(choiceOf(own)).toBeUndefined()
  expect(choiceOf({ count: 4, momentum: 0, scope: 'voiced' })).toBeUndefined()
  expect(resolveCorrections('voiced', own)).toMatchObject({ scope: 'voiced' })
})

test('every choice names the setting that it resolves to', () => {
  for (const choice of correctionChoices)
    expect(choiceOf(resolveCorrections(choice, { count: 7, momentum: 0, ...all }))).toBe(choice)
})

test('corrections are written with the right plural', () => {
  expect([0, 1, 16].map((count) => correctionsText({ count, ...all }))).toEqual([
    'no corrections',
    '1 correction',
    '16 corrections',
  ])
  expect(choiceText('voiced')).toBe('voiced corrections')
})
