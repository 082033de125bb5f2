import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readReferenceSpectrogram } from './reference-spectrogram.ts'

function npy(type: string, shape: string, data: Uint8Array): Uint8Array {
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }`
    .padEnd(117)
    .concat('\n')
  return Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0, dictionary.length, 0, ...strToU8(dictionary), ...data)
}

const range = npy('<f4', '2,', new Uint8Array(Float32Array.of(-140, 0).buffer))
const archive = (entries: Record<string, Uint8Array>) => new Uint8Array(zipSync(entries))

test('codes are levels between the ends of the range', () => {
  const codes = new Uint8Array(2 * 513)
  codes[513] = 255
  codes[514] = 51
  const bytes = archive({ 'levels.npy': npy('|u1', '2, 513', codes), 'range_db.npy': range })
  const found = readReferenceSpectrogram(bytes, 'a.npz')
  expect(found).toMatchObject({ frames: 2, bins: 513, highHz: 11025, hopSeconds: 256 / 22050 })
  expect([0, 513, 514].map((index) => found.levelsDb[index])).toEqual([-140, 0, expect.closeTo(-112, 4)])
})

test('other arrays are refused', () => {
  const codes = npy('|u1', '2, 80', new Uint8Array(160))
  const refused = (entries: Record<string, Uint8Array>) =>
    expect(() => readReferenceSpectrogram(archive(entries), 'a.npz'))
  refused({ 'levels.npy': codes, 'range_db.npy': range }).toThrow('a.npz is not a reference spectrogram')
  refused({ 'range_db.npy': range }).toThrow('a.npz is not a reference spectrogram')
  const whole = npy('|u1', '1, 513', new Uint8Array(513))
  refused({ 'levels.npy': whole }).toThrow('a.npz is not a reference spectrogram')
})
