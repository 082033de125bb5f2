import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildPeakPyramid, peaksBetween } from './waveform-peaks.ts'

test('peaks at any zoom equal those of a plain scan', () => {
  fc.assert(
    fc.property(
      fc.float32Array({ maxLength: 2000, noNaN: true, min: -1, max: 1 }),
      fc.double({ min: -100, max: 2100, noNaN: true }),
      fc.double({ min: 0, max: 2200, noNaN: true }),
      fc.integer({ min: 1, max: 30 }),
      (samples, start, length, columns) => {
        const peaks = peaksBetween(buildPeakPyramid(samples), start, start + length, columns)
        for (let column = 0; column < columns; column++) {
          const edge = (index: number) => Math.floor(start + ((start + length - start) * index) / columns)
          const [from, to] = [edge(column), edge(column + 1)]
          const within = [...samples.subarray(Math.max(0, from), Math.max(0, from + 1, to))]
          expect(peaks.minimum[column]).toBe(within.length ? Math.min(...within) : 0)
          expect(peaks.maximum[column]).toBe(within.length ? Math.max(...within) : 0)
        }
      },
    ),
  )
})

test('the pyramid takes a fifteenth of the memory of the samples, besides them', () => {
  const samples = new Float32Array(1_000_000)
  const [own, ...levels] = buildPeakPyramid(samples).levels
  expect(own.minimum).toBe(samples)
  const bytes = levels.reduce((sum, { minimum, maximum }) => sum + minimum.byteLength + maximum.byteLength, 0)
  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThan(samples.byteLength / 15)
})
