import { expect, test } from 'vitest'
import { frequencyScale } from '../axes/frequency-scale.ts'
import { cellsOf } from './cells.ts'

const scale = frequencyScale({ kind: 'bins', highHz: 4000 }, 9, 'log')

test('a frame of spectral bins is centred on its time, one of a mel begins there', () => {
  const bins = cellsOf(10, 9, 0.1, 'bins', scale)
  expect([0, 0.04, 0.06, 0.1].map((seconds) => bins.at(seconds, 500)?.frame)).toEqual([0, 0, 1, 1])
  const bands = cellsOf(10, 9, 0.1, 'mel', scale)
  expect([0, 0.04, 0.1, 0.19].map((seconds) => bands.at(seconds, 500)?.frame)).toEqual([0, 0, 1, 1])
})

test('the middle of a cell leads back to that cell, on any axis', () => {
  for (const kind of ['bins', 'mel'] as const) {
    const { at, placeOf } = cellsOf(10, 9, 0.1, kind, scale)
    for (let frame = 0; frame < 10; frame++)
      for (let bin = 0; bin < 9; bin++) {
        const { seconds, hz } = placeOf({ frame, bin })
        expect(at(seconds, hz)).toEqual({ frame, bin })
      }
  }
})

test('beyond the end of a shorter take there is no cell', () => {
  const { at } = cellsOf(10, 9, 0.1, 'mel', scale)
  expect([-0.1, 1.01, Number.NaN].map((seconds) => at(seconds, 500))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(cellsOf(0, 0, 0, 'bins', scale).at(0, 500)).toBeUndefined()
})
