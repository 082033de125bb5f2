import { expect, test } from 'vitest'
import { finalNoiseLevel, noiseLevels, parseBetas } from './betas.ts'

test('betas are read with commas, spaces, new lines or brackets', () => {
  for (const text of ['0.0555, 0.897', '5.55e-2 .897', '[0.0555,\n0.897]', ' 0.0555;0.897; ']) {
    expect(parseBetas(text).betas).toEqual([0.0555, 0.897])
  }
})

test.each([
  ['', 'empty'],
  ['0.1, 1', 'Beta 2'],
  ['0', 'Beta 1'],
  ['0.1, x', 'Beta 2'],
  ['NaN', 'Beta 1'],
  ['0.5 '.repeat(1001), 'too long'],
])('%j is refused and the reason says where', (text, reason) => {
  const { betas, problem } = parseBetas(text)
  expect(betas).toBeUndefined()
  expect(problem?.message).toContain(reason)
})

test('noise levels fall from clean by the square root of one minus each beta', () => {
  // sqrt(0.9445) and sqrt(0.9445 * 0.103), by hand.
  const levels = noiseLevels([0.0555, 0.897])
  expect(levels[0]).toBe(1)
  expect(levels[1]).toBeCloseTo(0.971854, 6)
  expect(levels[2]).toBeCloseTo(0.311903, 6)
  expect(finalNoiseLevel([0.0555, 0.897])).toBe(levels[2])
})
