/**
 * Converts an array from a file to a matrix that can be a mel: two axes after dropping axes of length one, all values
 * finite. Also converts it to frame-major order once it is known which axis holds the bands.
 */
import type { MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import type { NumberArray } from '../../npy/number-array.ts'
import { type Refuse, refusalsOf } from '../../refusal.ts'

/** Row-major. */
export type Matrix = {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array<ArrayBuffer>
}

/** Drops axes of length one from the front while more than two axes are left, then from anywhere. */
export function squeezed(shape: readonly number[]): readonly number[] {
  const sizes = [...shape]
  while (sizes.length > 2 && sizes.includes(1)) sizes.splice(sizes.indexOf(1), 1)
  return sizes
}

/** Refuses with `mel-shape` or `mel-not-finite`. */
export function toMatrix({ shape, values }: NumberArray, file: string): Matrix {
  const refuse = refusalsOf(file)
  const sizes = squeezed(shape)
  const shown = `shape [${shape.join(', ')}]`
  const accepted = 'two axes, bands and frames, such as [80, 400]'
  if (sizes.length > 2) {
    refuse('mel-shape', 'holds more than one mel spectrogram, or none', {
      found: shown,
      accepted: `${accepted}; further axes must have length 1`,
      remedy: "Save one of them on its own, such as numpy.save('mel.npy', mel[0]).",
    })
  }
  if (sizes.length < 2) {
    refuse(
      'mel-shape',
      `has ${sizes.length === 1 ? 'only one axis' : 'no axis'}, so it is not a mel spectrogram`,
      {
        found: shown,
        accepted,
        remedy:
          'If these are samples of audio, save them as WAV. If it is one frame, give it the shape [80, 1].',
      },
    )
  }
  if (sizes.includes(0)) {
    refuse('mel-shape', 'holds no values: a size in its shape is zero', {
      found: shown,
      accepted,
      remedy: 'Check the program that wrote it: the array was already empty.',
    })
  }
  const [rows, columns] = sizes
  refuseNonFinite(values, columns, refuse)
  return { rows, columns, values }
}

const infinityRemedy =
  'A logarithm of 0 gives -infinity: clip the magnitudes first, as in numpy.log(numpy.maximum(mel, 1e-5)).'
const nanRemedy =
  'A division of 0 by 0 or a logarithm of a negative number gives NaN: mend the program that wrote it. If a few frames are ' +
  'lost, fill them with the lowest value: mel[numpy.isnan(mel)] = numpy.nanmin(mel).'

function refuseNonFinite(values: Float32Array, columns: number, refuse: Refuse): void {
  const first = values.findIndex((value) => !Number.isFinite(value))
  if (first < 0) return
  const count = values.reduce((total, value) => (Number.isFinite(value) ? total : total + 1), 0)
  const at = `[${Math.floor(first / columns)}, ${first % columns}]`
  const name = Number.isNaN(values[first]) ? 'NaN' : values[first] > 0 ? 'infinity' : '-infinity'
  refuse('mel-not-finite', `holds ${name} at ${at}`, {
    found: `${count} of ${values.length} values are not finite`,
    accepted: 'finite values',
    remedy: Number.isNaN(values[first]) ? nanRemedy : infinityRemedy,
  })
}

/** Returns a new array in the page's layout, [frames, bands]. */
export function toFrames({ rows, columns, values }: Matrix, bandAxis: 0 | 1): MelSpectrogram {
  return bandAxis === 1
    ? { frames: rows, bands: columns, values: values.slice() }
    : { frames: columns, bands: rows, values: transposed(values, rows, columns) }
}

/** Returns a new array [bands, frames], the layout of most producers. */
export function toBandsFirst({ frames, bands, values }: MelSpectrogram): Float32Array<ArrayBuffer> {
  return transposed(values, frames, bands)
}

function transposed(values: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = values[row * columns + column]
    }
  }
  return result
}
