/** A mel for tests, with functions that open it and that measure the error of the result. */
import { expect } from 'vitest'
import { hifiGanConvention as convention } from '../../dsp/mel/hifi-gan-convention.ts'
import { melSpectrogram } from '../../dsp/mel/mel.ts'
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import { type MelFileInput, openMelFile } from '../mel/open-mel.ts'
import { writeNpy } from '../npy/npy-writer.ts'
import { speechLike } from './speech-like.ts'

export const mel = melSpectrogram(speechLike(22_050), convention)
export const { frames, bands, values } = mel

/** [frames, bands] to [bands, frames]. */
export function transposed(source: Float32Array, rows: number, columns: number) {
  return Float32Array.from(
    { length: source.length },
    (_, i) => source[(i % rows) * columns + Math.floor(i / rows)],
  )
}
export const bandsFirst = transposed(values, frames, bands)

export function open(bytes: Uint8Array<ArrayBuffer>, options: Partial<MelFileInput> = {}) {
  return openMelFile({ name: 'mel.npy', bytes, target: convention, ...options })
}
export const openArray = (
  array: Float32Array,
  shape: readonly number[],
  options: Partial<MelFileInput> = {},
) => open(writeNpy(array, shape), options)

export const textFile = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })

export function maxDifference(a: Float32Array | undefined, b: Float32Array) {
  if (a?.length !== b.length) throw new Error(`${a?.length} values, not ${b.length}`)
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0)
}
/** Much faster than `toEqual`, which treats every value as an object. */
export function expectSameMel(opened: MelSpectrogram | undefined, expected = mel) {
  expect([opened?.frames, opened?.bands]).toEqual([expected.frames, expected.bands])
  expect(maxDifference(opened?.values, expected.values)).toBe(0)
}
export const meanDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length
