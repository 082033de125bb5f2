import fc from 'fast-check'
import { expect, test } from 'vitest'
import { panned, shownOf, turnedTo, zoomed } from './shown-seconds.ts'

const region = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds })

test('zooming keeps what is under the pointer where it is', () => {
  const shown = zoomed(region(0, 10), 10, 4, 7)
  expect(shown).toEqual({ startSeconds: 5.25, endSeconds: 7.75 })
  expect((7 - 5.25) / 2.5).toBe(0.7)
})

test('zooming out ends at the whole', () => {
  expect(zoomed(region(2, 6), 10, 0.1, 4)).toBeUndefined()
  expect(shownOf(undefined, 10)).toEqual(region(0, 10))
})

test('a range that leaves out less than a thousandth of the axis is the whole', () => {
  expect(panned(region(0, 9.995), 10, 0)).toBeUndefined()
  expect(panned(region(0, 9.9), 10, 0)).toEqual(region(0, 9.9))
})

test('the shown range always lies within the axis and is never empty', () => {
  const number = fc.double({ min: -50, max: 50, noNaN: true })
  fc.assert(
    fc.property(
      number,
      number,
      fc.double({ min: 0.1, max: 60, noNaN: true }),
      number,
      (start, length, axis, by) => {
        const chosen = region(start, start + Math.abs(length))
        const shown = shownOf(chosen, axis)
        for (const one of [
          shown,
          shownOf(panned(shown, axis, by), axis),
          shownOf(zoomed(shown, axis, Math.abs(by) + 0.01, start), axis),
          shownOf(turnedTo(shown, axis, Math.abs(by)), axis),
        ]) {
          expect(one.startSeconds).toBeGreaterThanOrEqual(0)
          expect(one.endSeconds).toBeLessThanOrEqual(axis + 1e-9)
          expect(one.endSeconds - one.startSeconds).toBeGreaterThan(0.019)
        }
      },
    ),
  )
})

test('a clock that leaves the shown range turns the page; after a jump, the range starts a little before the clock', () => {
  expect(turnedTo(region(2, 4), 20, 4.01)).toEqual(region(4, 6))
  expect(turnedTo(region(2, 4), 20, 3)).toEqual(region(2, 4))
  expect(turnedTo(region(2, 4), 20, 10)).toEqual(region(9.8, 11.8))
  expect(turnedTo(region(8, 10), 10, 0)).toEqual(region(0, 2))
})
