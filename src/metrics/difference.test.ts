import { expect, test } from 'vitest'
import type { Spectrogram } from '../dsp/spectra/spectrogram.ts'
import { levelDifference, melDifference } from './difference.ts'

function spectrogram(rows: readonly (readonly number[])[], hopSeconds = 0.01): Spectrogram {
  const bins = rows[0]?.length ?? 3
  return {
    frames: rows.length,
    bins,
    hopSeconds,
    highHz: 4000,
    levelsDb: Float32Array.from(rows.flat()),
  }
}

test('is signed, over time and over frequency, with the root mean square over everything', () => {
  const of = spectrogram([
    [-10, -20, -30],
    [-10, -26, -34],
  ])
  const from = spectrogram([
    [-10, -22, -27],
    [-14, -20, -34],
  ])
  const found = levelDifference(of, from)
  expect(found).toMatchObject({ frames: 2, bins: 3, hopSeconds: 0.01, highHz: 4000, unit: 'dB' })
  expect([...found.values]).toEqual([0, 2, -3, 4, -6, 0])
  expect(found.overTime[0]).toBeCloseTo(Math.sqrt((4 + 9) / 3), 6)
  expect(found.overTime[1]).toBeCloseTo(Math.sqrt((16 + 36) / 3), 6)
  expect([...found.overFrequency]).toEqual([2, 4, 1.5])
  expect([...found.biasOverFrequency]).toEqual([2, -2, -1.5])
  expect(found.total).toBeCloseTo(Math.sqrt((4 + 9 + 16 + 36) / 6), 6)
})

test('changes its sign with the order, and is zero between equals', () => {
  const [one, other] = [spectrogram([[-3, -9, -70]]), spectrogram([[-4, -5, -60]])]
  const there = levelDifference(one, other)
  const back = levelDifference(other, one)
  expect([...back.values]).toEqual([...there.values].map((value) => -value))
  expect(back.total).toBe(there.total)
  expect(levelDifference(one, one).total).toBe(0)
})

test('content 80 dB below the louder peak is inaudible and does not count', () => {
  const found = levelDifference(spectrogram([[-10, -120, -95]]), spectrogram([[-30, -85, -140]]))
  expect([...found.values]).toEqual([20, -5, 0])
})

test('a silent signal is at the lower limit of the audible range, and two silent ones do not differ', () => {
  const silence = spectrogram([[-140, -140, -140]])
  expect([...levelDifference(silence, spectrogram([[-20, -50, -110]])).values]).toEqual([-80, -50, 0])
  expect(levelDifference(silence, silence).total).toBe(0)
})

test('compares the common frames: those of the shorter signal, none of an empty one', () => {
  const long = spectrogram([
    [-1, -2, -3],
    [-4, -5, -6],
  ])
  expect(levelDifference(long, spectrogram([[-2, -2, -2]]))).toMatchObject({
    frames: 1,
    values: Float32Array.of(1, 0, -1),
  })
  const nothing = levelDifference(long, spectrogram([]))
  expect(nothing).toMatchObject({ frames: 0, total: 0 })
  expect([...nothing.overFrequency]).toEqual([0, 0, 0])
})

test('bins of different frequencies are not compared', () => {
  const one = spectrogram([[-1, -2, -3]])
  expect(() => levelDifference(one, spectrogram([[-1, -2]]))).toThrow(RangeError)
  expect(() => levelDifference(one, spectrogram([[-1, -2, -3]], 0.02))).toThrow(RangeError)
})

test('mels are compared in nats, band by band', () => {
  const mel = (frames: number, ...values: number[]) => ({
    frames,
    bands: 2,
    values: Float32Array.from(values),
  })
  const found = melDifference(mel(2, -1, -2, 0, 1), mel(1, -1.5, -1), 0.0116)
  expect(found).toMatchObject({ frames: 1, bins: 2, unit: 'nat', hopSeconds: 0.0116 })
  expect(found.highHz).toBeUndefined()
  expect([...found.values]).toEqual([0.5, -1])
})
