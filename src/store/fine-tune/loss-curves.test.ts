import { expect, test } from 'vitest'
import { appendPoints, curvesUpTo, noCurves, smoothed } from './loss-curves.ts'

const point = (step: number, loss: number) => ({ step, values: { loss } })

test('points are appended, and a restart replaces the steps that it repeats', () => {
  const first = appendPoints(noCurves, [point(1, 3), point(2, 2), point(3, 1)])
  expect(first).toEqual({ steps: [1, 2, 3], values: { loss: [3, 2, 1] } })
  expect(appendPoints(first, [point(2, 5)])).toEqual({ steps: [1, 2], values: { loss: [3, 5] } })
  expect(curvesUpTo(first, 1)).toEqual({ steps: [1], values: { loss: [3] } })
  expect(curvesUpTo(first, 3)).toBe(first)
  expect(appendPoints(first, [])).toBe(first)
})

test('a term that comes later is missing before', () => {
  const curves = appendPoints(appendPoints(noCurves, [point(1, 3)]), [{ step: 2, values: { mel: 1 } }])
  expect(curves.values).toEqual({ loss: [3, Number.NaN], mel: [Number.NaN, 1] })
})

test('smoothing leaves a constant unchanged from the first step on, and skips values that are not finite', () => {
  const column = smoothed([2, 2, Number.NaN, 2], 0.9)
  for (const value of column) expect(value).toBeCloseTo(2, 12)
  expect(smoothed([1, 5], 0)).toEqual([1, 5])
})
