import { describe, expect, it } from 'vitest'
import { decimal, joinList, percent, pluralize, pText } from './text-format.ts'

describe('words', () => {
  it('are pluralized, and joined as lists', () => {
    expect([pluralize(1, 'trial'), pluralize(16, 'trial')]).toEqual(['1 trial', '16 trials'])
    expect(joinList([])).toBe('')
    expect(joinList(['a', 'b', 'c'])).toBe('a, b and c')
    expect(joinList(['a, 2', 'b'])).toBe('a, 2 and b')
    expect(joinList(['a, 2', 'b', 'c'])).toBe('a, 2; b; and c')
  })

  it.each([
    [0, '0 %'],
    [0.00005, 'under 0.01 %'],
    [0.0002, '0.02 %'],
    [0.0384, '3.8 %'],
    [0.05, '5 %'],
    [0.0996, '10 %'],
    [0.754, '75 %'],
    [1, '100 %'],
  ])('format %f as %s', (share, text) => {
    expect(percent(share)).toBe(text)
  })

  it('have a minus sign, but never a negative zero', () => {
    expect([decimal(-1.25, 1), decimal(-0.04, 1), decimal(2, 2)]).toEqual(['−1.3', '0.0', '2.00'])
  })

  it('show p with two digits', () => {
    expect([1, 0.9979, 0.0384, 0.00001].map(pText)).toEqual(['p = 1', 'p > 0.995', 'p = 0.038', 'p < 0.0001'])
    expect(percent(0.9979)).toBe('over 99.5 %')
  })
})
