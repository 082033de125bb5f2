/** Tells what dropped files are for, from their names and a little of their content: anything may be dropped anywhere. */
import { isArchive } from './archives.ts'
import { separateProducerFiles } from './producer-files.ts'

export type FilePurpose = 'source' | 'model' | 'test' | 'batch' | 'archive'

/** Never rejects: a file that cannot be read is for the source, which reports why. */
export async function purposeOf(files: readonly File[]): Promise<FilePurpose> {
  try {
    if (await areOfTest(files)) return 'test'
    if (await areModel(files)) return 'model'
    if (files.some(isArchive)) return 'archive'
  } catch {
    return 'source'
  }
  return separateProducerFiles(files).inputs.length > 1 ? 'batch' : 'source'
}

const hasExtension = (file: File, extension: string) => file.name.toLowerCase().endsWith(extension)

/** This page writes the format of plans and results within the first lines. */
async function areOfTest(files: readonly File[]): Promise<boolean> {
  if (!files.every((file) => hasExtension(file, '.json'))) return false
  const starts = await Promise.all(files.map((file) => file.slice(0, 1000).text()))
  return starts.every((start) => /"listening-(plan|result)"/.test(start))
}

/** The names of a zip are at its end. */
const zipIndexBytes = 65_536
/** A file of mels holds fewer tensors. */
const minModelTensors = 12

async function areModel(files: readonly File[]): Promise<boolean> {
  const weights = files.filter((file) => hasExtension(file, '.safetensors'))
  if (files.length === 1 && hasExtension(files[0], '.zip')) {
    const index = await files[0].slice(-zipIndexBytes).text()
    return index.includes('.safetensors') && index.includes('.json')
  }
  if (weights.length !== 1) return false
  const others = files.filter((file) => file !== weights[0])
  if (others.length === 0) return (await countTensors(weights[0])) >= minModelTensors
  if (others.length > 1 || !hasExtension(others[0], '.json')) return false
  return (await others[0].slice(0, 100_000).text()).includes('"architecture"')
}

/** Safetensors begin with a header in JSON, after its length in eight bytes. */
async function countTensors(file: File): Promise<number> {
  const header = await file.slice(8, 100_000).text()
  // A checkpoint of a fine-tuning session begins with its record, which can be longer than this part of the header.
  if (/^\{"__metadata__":\{"fine-tuning":/.test(header)) return Number.POSITIVE_INFINITY
  return header.split('"dtype"').length - 1
}
