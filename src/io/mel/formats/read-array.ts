/** Reads the array of a mel file. */
import { importChunk } from '../../../base/import-chunk.ts'
import { identify } from '../../identify.ts'
import { type ChosenArray, chooseArray } from '../../npy/named-array.ts'
import { readNpy } from '../../npy/npy-reader.ts'
import { refusalsOf } from '../../refusal.ts'

/**
 * Reads the array of a file of any format. Where it has several, it chooses one whose shape `isMel` accepts. Rejects with
 * the problems of the format, `mel-is-audio` or `part-unreachable`: readers of all formats but npy are fetched when they
 * are first needed.
 */
export async function readArray(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  isMel: (shape: readonly number[]) => boolean,
): Promise<ChosenArray> {
  const format = identify(bytes, file)
  switch (format) {
    case 'npy':
      return readNpy(bytes, file)
    case 'npz': {
      const { readNpz } = await importChunk(import('../../npy/npz-reader.ts'))
      return chooseArray(readNpz(bytes, file), isMel)
    }
    case 'safetensors': {
      const { readTensors } = await importChunk(import('./tensors.ts'))
      return chooseArray(readTensors(bytes, file), isMel)
    }
    case 'json': {
      const { readJsonMels } = await importChunk(import('./json-mel.ts'))
      return chooseArray(readJsonMels(bytes, file), isMel)
    }
    case 'table':
      return (await importChunk(import('./table-mel.ts'))).readTable(bytes, file)
    case 'ark': {
      const { readArk } = await importChunk(import('../../kaldi/ark-reader.ts'))
      return chooseArray(readArk(bytes, file), isMel)
    }
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
