/** Sorts files by what they are for, from their names and a little of their content: anything may be dropped anywhere. */
import { isProducerFile } from '../source/producer-files.ts'
import { isArchive } from './archives.ts'

export type SortedFiles = {
  /** Plans and results of blind tests. */
  readonly tests: readonly File[]
  /** The weights of models, each with its configuration if there is one. */
  readonly models: readonly (readonly File[])[]
  /** Checkpoints of fine-tuning sessions. */
  readonly checkpoints: readonly File[]
  readonly archives: readonly File[]
  /** Mels and recordings, and everything that is not known. */
  readonly inputs: readonly File[]
  /** Configurations and statistics of the mels' producers. */
  readonly beside: readonly File[]
  /** Files that only accompany others, such as a README; those that come alone are `inputs`. */
  readonly companions: readonly File[]
}

type Kind =
  | 'test'
  | 'weights'
  | 'model-config'
  | 'checkpoint'
  | 'archive'
  | 'producer-file'
  | 'companion'
  | 'input'

/** It never rejects: a file that cannot be read counts as an input, and the reader of inputs reports why. */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
  const kinds = await Promise.all(files.map((file) => kindOf(file).catch((): Kind => 'input')))
  const ofKind = (kind: Kind) => files.filter((_, index) => kinds[index] === kind)
  const weights = ofKind('weights')
  const configs = ofKind('model-config')
  // The files of a folder follow each other, so the weights and configurations of several models have the same order.
  const arePairs = weights.length > 0 && configs.length === weights.length
  const models = weights.map((file, index) => (arePairs ? [file, configs[index]] : [file]))
  const { inputs, beside } = withInput(ofKind('input'), [
    ...(arePairs ? [] : configs),
    ...ofKind('producer-file'),
  ])
  const companions = ofKind('companion')
  const areAlone = files.length === companions.length
  return {
    tests: ofKind('test'),
    models,
    checkpoints: ofKind('checkpoint'),
    archives: ofKind('archive'),
    inputs: areAlone ? companions : inputs,
    beside,
    companions: areAlone ? [] : companions,
  }
}

/** The longest file in JSON is the mel if several look like a producer's and none like a mel. */
function withInput(inputs: readonly File[], beside: readonly File[]): Pick<SortedFiles, 'inputs' | 'beside'> {
  if (inputs.length > 0 || beside.length < 2) return { inputs, beside }
  const jsons = beside.filter(({ name }) => /\.json$/i.test(name)).toSorted((a, b) => a.size - b.size)
  const input = jsons.at(-1)
  return input ? { inputs: [input], beside: beside.filter((file) => file !== input) } : { inputs, beside }
}

const companionName =
  /^(readme|licen[cs]e|metadata\.csv$|thumbs\.db$|desktop\.ini$)|\.(md|rst|pdf|lab|textgrid|log|png|jpe?g|svg)$/i

async function kindOf(file: File): Promise<Kind> {
  const name = file.name.toLowerCase()
  if (isArchive(file)) return 'archive'
  if (isProducerFile(file)) return 'producer-file'
  if (name.endsWith('.json')) return kindOfJson(file)
  if (name.endsWith('.safetensors')) return kindOfSafetensors(file)
  if (companionName.test(name)) return 'companion'
  if (name.endsWith('.txt')) return (await holdsNumbers(file)) ? 'input' : 'companion'
  return 'input'
}

/** A mel in JSON is longer than a configuration. */
const maxConfigBytes = 64 * 1024

/** Rows of fractions, or more numbers than there are bands: the values of a mel. */
const melValues = /\[\s*\[\s*-?\d+(\.\d|e-?\d)|\[(\s*-?\d[\d.e+-]*\s*,){300}/i

async function kindOfJson(file: File): Promise<Kind> {
  const start = await file.slice(0, maxConfigBytes).text()
  // This page writes the format of plans and results within the first lines.
  if (/"listening-(plan|result)"/.test(start.slice(0, 1000))) return 'test'
  if (file.size > maxConfigBytes || /^[\s\ufeff]*\[/.test(start) || melValues.test(start)) return 'input'
  return start.includes('"architecture"') ? 'model-config' : 'producer-file'
}

/** A file of mels holds fewer tensors. */
const minModelTensors = 12

/** Safetensors begin with a header in JSON, after its length in eight bytes. */
async function kindOfSafetensors(file: File): Promise<Kind> {
  const header = await file.slice(8, 100_000).text()
  // The record of a session can be longer than this part of the header.
  if (/^\{"__metadata__":\{"fine-tuning":/.test(header)) return 'checkpoint'
  return header.split('"dtype"').length - 1 >= minModelTensors ? 'weights' : 'input'
}

/** Whether a text begins with numbers, as a mel in text does; otherwise it is a transcript or notes. */
async function holdsNumbers(file: File): Promise<boolean> {
  const start = (await file.slice(0, 400).text()).replaceAll('\0', '')
  return /^\W*\d[\d.,;\s+-]*(e[+-]?\d+)?[\s,;]+[+-]?[\d.]/im.test(start)
}
