/**
 * Reads the magnitude spectrogram of a recording that is not published itself: pretrain/make_references.py writes it,
 * with 8 bits per value, on the framing of dsp/spectra/spectrogram.ts.
 */
import type { Spectrogram } from '../../dsp/spectra/spectrogram.ts'
import { refusalsOf } from '../refusal.ts'
import type { NamedArray } from './named-array.ts'
import { readNpz } from './npz-reader.ts'

const sampleRateHz = 22_050
const hopSamples = 256
const bins = 513
const maxCode = 255

/** Refuses with `reference-invalid`, and with the problems of `readNpz`. */
export function readReferenceSpectrogram(bytes: Uint8Array<ArrayBuffer>, file: string): Spectrogram {
  const arrays = readNpz(bytes, file)
  const codes = arrayOf(arrays, 'levels')
  const [lowDb, highDb] = arrayOf(arrays, 'range_db')?.values ?? []
  if (codes?.shape.length !== 2 || codes.shape[1] !== bins || !(highDb > lowDb)) {
    return refusalsOf(file)('reference-invalid', 'is not a reference spectrogram', {
      found: codes ? `levels of shape ${codes.shape.join(' x ')}` : 'no array “levels”',
      accepted: `levels of shape frames x ${bins}, and range_db`,
      remedy: 'Reload the page.',
    })
  }
  const perCode = (highDb - lowDb) / maxCode
  return {
    frames: codes.shape[0],
    bins,
    hopSeconds: hopSamples / sampleRateHz,
    highHz: sampleRateHz / 2,
    levelsDb: codes.values.map((code) => lowDb + code * perCode),
  }
}

function arrayOf(arrays: readonly NamedArray[], name: string) {
  return arrays.find((one) => one.name === name)?.read()
}
