/** Loads the files that pretrain/fixtures/models.py writes and the shipped models, in Node and in the browser. */
import { readSafetensors, type SafeTensor } from '../../io/safetensors/safetensors.ts'
import { type ModelConfig, parseModelConfig } from '../config.ts'
import { Vocoder } from '../vocoder.ts'

const inlined = {
  ...import.meta.glob<string>('../fixtures/*.safetensors', { query: '?url&inline', import: 'default' }),
  ...import.meta.glob<string>('../../../public/models/*/*', { query: '?url&inline', import: 'default' }),
}
const configs = import.meta.glob<object>('../fixtures/*.json', { import: 'default' })

export type Tensors = ReadonlyMap<string, SafeTensor>

/** Reads a file of ../fixtures, such as `expected` of a tiny network. */
export function readFixture(name: string): Promise<Tensors> {
  return readTensors(`../fixtures/${name}.fixture.safetensors`)
}

/** Loads a tiny network with random weights; there is one for every kind of configuration. */
export async function loadTiny(name: string): Promise<Vocoder> {
  const weights = await readTensors(`../fixtures/${name}.weights.fixture.safetensors`)
  return Vocoder.create(await readTinyConfig(name), weights)
}

/** Reads its configuration; pretrain writes it without `weights`, because it stores no weights file for it. */
export async function readTinyConfig(name: string): Promise<ModelConfig> {
  const weights = { file: `${name}.safetensors`, sha256: '0'.repeat(64), parameters: 1 }
  const config = await configs[`../fixtures/${name}.config.fixture.json`]()
  return parseModelConfig({ ...config, weights }, `${name}.config.json`)
}

/** The configuration of a model of public/models. */
export async function readShippedConfig(id: string): Promise<ModelConfig> {
  const json: unknown = JSON.parse(new TextDecoder().decode(await readPublic(`models/${id}/config.json`)))
  return parseModelConfig(json, 'config.json')
}

/** Loads a model of public/models. */
export async function loadShipped(id: string): Promise<Vocoder> {
  const config = await readShippedConfig(id)
  const weights = `models/${id}/${config.weights.file}`
  return Vocoder.create(config, readSafetensors(await readPublic(weights), weights))
}

export function valuesOf(tensors: Tensors, name: string): Float32Array<ArrayBuffer> {
  const tensor = tensors.get(name)
  if (!tensor) throw new Error(`The fixture has no ${name}`)
  return tensor.values
}

async function readTensors(path: string): Promise<Tensors> {
  return readSafetensors(await readUrl(await inlined[path]()), path)
}

/** A browser finds public/ at the root of the server; Node has no server. */
async function readPublic(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return readUrl(typeof document === 'undefined' ? await inlined[`../../../public/${path}`]() : `/${path}`)
}

async function readUrl(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url)
  return new Uint8Array(await response.arrayBuffer())
}
