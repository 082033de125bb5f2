import { expect, test } from 'vitest'
import { npyFile } from '../testing/npy-file.ts'
import { zipFile } from '../testing/zip-file.ts'
import { writeNpy } from './npy-writer.ts'
import { readReferenceSpectrogram } from './reference-spectrogram.ts'

const levels = (shape: string, codes: Uint8Array) =>
  npyFile(`{'descr': '|u1', 'fortran_order': False, 'shape': (${shape}), }`, codes)
const range = writeNpy(Float32Array.of(-140, 0), [2])

test('codes are levels between the ends of the range', () => {
  const codes = new Uint8Array(2 * 513)
  codes[513] = 255
  codes[514] = 51
  const bytes = zipFile({ 'levels.npy': levels('2, 513', codes), 'range_db.npy': range })
  const found = readReferenceSpectrogram(bytes, 'a.npz')
  expect(found).toMatchObject({ frames: 2, bins: 513, highHz: 11025, hopSeconds: 256 / 22050 })
  expect([0, 513, 514].map((index) => found.levelsDb[index])).toEqual([-140, 0, expect.closeTo(-112, 4)])
})

test('other arrays are refused', () => {
  const codes = levels('2, 80', new Uint8Array(160))
  const refused = (entries: Parameters<typeof zipFile>[0]) =>
    expect(() => readReferenceSpectrogram(zipFile(entries), 'a.npz'))
  refused({ 'levels.npy': codes, 'range_db.npy': range }).toThrow('a.npz is not a reference spectrogram')
  refused({ 'range_db.npy': range }).toThrow('a.npz is not a reference spectrogram')
  const whole = levels('1, 513', new Uint8Array(513))
  refused({ 'levels.npy': whole }).toThrow('a.npz is not a reference spectrogram')
})
