import { expect, test } from 'vitest'
import { bands, frames, maxDifference, openArray, values } from '../../testing/opened-mel.ts'
import { findPadding, withoutPadding } from './mel-padding.ts'

const melOf = (...rows: number[][]) => ({
  frames: rows.length,
  bands: rows[0].length,
  values: Float32Array.from(rows.flat()),
})
const speech = [
  [-3, -2],
  [-9, -1],
]
const zeros = (count: number) => Array.from({ length: count }, () => [0, 0])

test('finds constant frames at either end, if they are at least three and not the lowest value', () => {
  expect(findPadding(melOf(...speech, ...zeros(3)))).toEqual({ head: 0, tail: 3 })
  expect(findPadding(melOf(...zeros(4), ...speech, ...zeros(5)))).toEqual({ head: 4, tail: 5 })
  expect(findPadding(melOf(...speech, ...zeros(2)))).toBeUndefined()
  expect(findPadding(melOf(...speech, [-9, -9], [-9, -9], [-9, -9]))).toBeUndefined()
  expect(findPadding(melOf(...zeros(9)))).toBeUndefined()
  expect(findPadding(melOf(...speech, [1, 0], [1, 0], [1, 0]))).toBeUndefined()
})

test('cutting leaves the frames between the padding', () => {
  const mel = melOf(...zeros(3), ...speech, ...zeros(3))
  expect(withoutPadding(mel, { head: 3, tail: 3 })).toEqual(melOf(...speech))
})

const padded = new Float32Array(values.length + 150 * bands)
padded.set(values)

test('a padded mel is read as without padding, warned about, and cut on request', async () => {
  const shape = [frames + 150, bands]
  const { mel, report } = await openArray(padded, shape)
  expect(report).toMatchObject({ padding: { head: 0, tail: 150 }, reading: { values: { unit: 'ln' } } })
  expect(report.question).toBeUndefined()
  expect(report.warnings.join()).toContain('its last 150 frames')
  expect(mel?.frames).toBe(frames + 150)
  const cut = await openArray(padded, shape, { override: { cutPadding: true } })
  expect(cut.mel?.frames).toBe(frames)
  expect(maxDifference(cut.mel?.values, values)).toBe(0)
  expect(cut.report.warnings).toEqual([])
})

test('bands that are constant over all frames are not padding', async () => {
  const flat = values.map((value, i) => (i % bands < bands - 3 ? value : -6))
  const { mel, report } = await openArray(flat, [frames, bands], { override: { cutPadding: true } })
  expect(report.padding).toBeUndefined()
  expect(report.reading.bandAxis).toBe(1)
  expect(maxDifference(mel?.values, flat)).toBe(0)
})
