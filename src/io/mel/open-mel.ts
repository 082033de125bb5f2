/** Opens a mel file: converts its bytes to the model's convention and reports how it was read. */
import type { MelConvention } from '../../dsp/mel-spectrogram.ts'
import { identify } from '../identify.ts'
import { readArk } from '../kaldi/ark-reader.ts'
import { type ChosenArray, chooseArray, type NamedArray } from '../npy/named-array.ts'
import { readNpy } from '../npy/npy-reader.ts'
import { readNpz } from '../npy/npz-reader.ts'
import { refusalsOf } from '../refusal.ts'
import { readSafetensors } from '../safetensors/safetensors.ts'
import { convertMel } from './conversion/convert-mel.ts'
import { readJsonMels } from './formats/json-mel.ts'
import { type Matrix, squeezed, toFrames, toMatrix } from './formats/mel-array.ts'
import { readTable } from './formats/table-mel.ts'
import type { FrameCut, MelReading, OpenedMel } from './mel-reading.ts'
import { type NamedBytes, readProducerFiles } from './producers/producer-files.ts'
import { producerProfiles } from './producers/profiles.ts'
import { withoutPadding } from './recognition/mel-padding.ts'
import { rangeWarnings } from './recognition/mel-range.ts'
import { recogniseMel } from './recognition/recognise-mel.ts'

export type MelFileInput = NamedBytes & {
  /** The convention of the result. */
  readonly target: MelConvention
  /** Producer files that the user supplied: configurations (JSON or YAML), statistics (npy, npz). */
  readonly producerFiles?: readonly NamedBytes[]
  /** The user's corrections of what was recognised. */
  readonly override?: Partial<MelReading>
}

/** Refuses with the problems of the file's format, or with `mel-*` or `config-*`. */
export function openMelFile({ name, bytes, target, producerFiles = [], override }: MelFileInput): OpenedMel {
  const config = readProducerFiles(producerFiles)
  const likelyBands = new Set([target.bands, ...producerProfiles.map(({ published }) => published.bands)])
  const bands = override?.convention?.bands ?? config.convention.bands
  const array = readArray(bytes, name, (shape) => {
    const sizes = squeezed(shape)
    return sizes.length === 2 && sizes.some((size) => (bands ? size === bands : likelyBands.has(size)))
  })
  const matrix = toMatrix(array, name)
  const { question, likeliest, ...recognition } = recogniseMel(matrix, name, { target, config, override })
  const read = (reading: MelReading) => readAs(matrix, reading, recognition.padding, target)
  const report = {
    ...recognition,
    assumed: [...(array.choice ? [`${array.choice}.`] : []), ...recognition.assumed],
    shape: array.shape,
  }
  if (question) {
    const candidates = likeliest.length > 1 && likeliest.every(({ reading }) => isComplete(reading))
    return {
      report: {
        ...report,
        conversion: 'none',
        conversionNote: '',
        warnings: [],
        question,
        ...(candidates && {
          candidates: likeliest.map((likely) => ({ ...likely, mel: read(likely.reading).mel })),
        }),
      },
    }
  }
  const { mel, ...conversion } = read(recognition.reading)
  return { mel, report: { ...report, ...conversion } }
}

const isComplete = ({ values: { scaling } }: MelReading) =>
  scaling?.kind !== 'statistics' || scaling.statistics !== undefined

function readAs(matrix: Matrix, reading: MelReading, padding: FrameCut | undefined, target: MelConvention) {
  const whole = toFrames(matrix, reading.bandAxis)
  const stored = padding && reading.cutPadding ? withoutPadding(whole, padding) : whole
  const { mel, warnings, ...conversion } = convertMel(stored, reading, target)
  const kept = padding && !reading.cutPadding ? [paddingWarning(padding)] : []
  return { mel, ...conversion, warnings: [...kept, ...warnings, ...rangeWarnings(mel, target)] }
}

function paddingWarning({ head, tail }: FrameCut): string {
  const places = [head > 0 && `its first ${head}`, tail > 0 && `its last ${tail}`]
    .filter(Boolean)
    .join(' and ')
  return `All values of ${places} frames are the same number: they look like padding, and would be noise.`
}

function readArray(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isMel: (shape: readonly number[]) => boolean,
): ChosenArray {
  const format = identify(bytes, file)
  switch (format) {
    case 'npy':
      return readNpy(bytes, file)
    case 'npz':
      return chooseArray(readNpz(bytes, file), isMel)
    case 'safetensors':
      return chooseArray(namedTensors(bytes, file), isMel)
    case 'json':
      return chooseArray(readJsonMels(bytes, file), isMel)
    case 'table':
      return readTable(bytes, file)
    case 'ark':
      return chooseArray(readArk(bytes, file), isMel)
    case 'wav':
    case 'aiff':
    case 'other-audio':
      return refusalsOf(file)('mel-is-audio', 'is audio, not a mel spectrogram', {
        accepted: 'npy, npz, safetensors, JSON, CSV or ark',
        remedy: 'Open it as audio: the page computes its mel.',
      })
    default:
      return format satisfies never
  }
}

function namedTensors(bytes: Uint8Array<ArrayBuffer>, file: string): readonly NamedArray[] {
  const tensors = [...readSafetensors(bytes, file)]
  if (tensors.length === 0) {
    refusalsOf(file)('safetensors-empty', 'holds no tensor', {
      remedy: "Save the mel with safetensors.numpy.save_file({'mel': mel}, 'mel.safetensors').",
    })
  }
  return tensors.map(([name, tensor]) => ({
    name,
    read: () => ({ shape: tensor.shape, values: tensor.values }),
  }))
}
