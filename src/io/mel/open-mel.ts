/** Opens a mel file: converts its bytes to the model's convention and reports how it was read. */
import { importChunk } from '../../base/import-chunk.ts'
import type { MelConvention } from '../../dsp/mel/mel-spectrogram.ts'
import { convertMel } from './conversion/convert-mel.ts'
import { type Matrix, squeezed, toFrames, toMatrix } from './formats/mel-array.ts'
import { readArray } from './formats/read-array.ts'
import type { FrameCut, MelReading, OpenedMel } from './mel-reading.ts'
import type { ProducerConfig } from './producers/producer-config.ts'
import type { NamedBytes } from './producers/producer-files.ts'
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

/** Refuses with the problems of the file's format, with `mel-*` or `config-*`, and with `part-unreachable`. */
export async function openMelFile({
  name,
  bytes,
  target,
  producerFiles = [],
  override,
}: MelFileInput): Promise<OpenedMel> {
  const config = await readConfig(producerFiles)
  const likelyBands = new Set([target.bands, ...producerProfiles.map(({ published }) => published.bands)])
  const bands = override?.convention?.bands ?? config.convention.bands
  const array = await readArray(bytes, name, (shape) => {
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
          candidates: await Promise.all(
            likeliest.map(async (likely) => ({ ...likely, mel: (await read(likely.reading)).mel })),
          ),
        }),
      },
    }
  }
  const { mel, ...conversion } = await read(recognition.reading)
  return { mel, report: { ...report, ...conversion } }
}

/** Most mels come without such files, and need no reader of them. */
async function readConfig(files: readonly NamedBytes[]): Promise<ProducerConfig> {
  if (files.length === 0) return { convention: {} }
  return (await importChunk(import('./producers/producer-files.ts'))).readProducerFiles(files)
}

const isComplete = ({ values: { scaling } }: MelReading) =>
  scaling?.kind !== 'statistics' || scaling.statistics !== undefined

async function readAs(
  matrix: Matrix,
  reading: MelReading,
  padding: FrameCut | undefined,
  target: MelConvention,
) {
  const whole = toFrames(matrix, reading.bandAxis)
  const stored = padding && reading.cutPadding ? withoutPadding(whole, padding) : whole
  const { mel, warnings, ...conversion } = await convertMel(stored, reading, target)
  const kept = padding && !reading.cutPadding ? [paddingWarning(padding)] : []
  return { mel, ...conversion, warnings: [...kept, ...warnings, ...rangeWarnings(mel, target)] }
}

function paddingWarning({ head, tail }: FrameCut): string {
  const places = [head > 0 && `its first ${head}`, tail > 0 && `its last ${tail}`]
    .filter(Boolean)
    .join(' and ')
  return `All values of ${places} frames are the same number: they look like padding, and would be noise.`
}
