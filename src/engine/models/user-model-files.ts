/** A user's model as two files, the form in which it is stored, exported and imported. */
import { downloadZip } from 'client-zip'
import * as v from 'valibot'
import { ProblemError } from '../../base/problem.ts'
import { sha256Of } from '../../base/sha256.ts'
import { isJsonObject, type JsonObject, parseJson } from '../../io/json.ts'
import { refusalsOf } from '../../io/refusal.ts'
import { readSafetensors, readSafetensorsMetadata } from '../../io/safetensors/safetensors.ts'
import { decodeText } from '../../io/text.ts'
import { isZip } from '../../io/zip/is-zip.ts'
import { readZip } from '../../io/zip/zip-reader.ts'
import { type ModelConfig, parseModelConfig } from '../../model/config.ts'
import { readLayouts } from '../../model/weight-layout.ts'
import { checkpointKey } from '../training/checkpoints/checkpoint-key.ts'
import type { ModelFile, UserModel } from './user-models.ts'

export type UserModelFiles = {
  readonly model: UserModel
  /** `config.json` as written by pretrain/export.py, with `name`, `created` and, if known, `base`. */
  readonly config: JsonObject
  readonly weights: Uint8Array<ArrayBuffer>
}

const maxNameCharacters = 80

const originSchema = v.object({
  name: v.fallback(v.optional(v.string()), undefined),
  created: v.fallback(v.optional(v.pipe(v.string(), v.isoTimestamp())), undefined),
  base: v.fallback(v.optional(v.string()), undefined),
})

/** Returns a new unique id, which differs from those of published models. */
export function newModelId(objective: ModelConfig['objective']): string {
  const random = crypto.getRandomValues(new Uint32Array(2))
  return `${objective}-tuned-${Array.from(random, (word) => word.toString(36)).join('')}`
}

/** Throws a `ProblemError` (`model-name-invalid`) if nothing remains of `name`. */
export function cleanName(name: string): string {
  const clean = name.replace(/\p{C}/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, maxNameCharacters).trim()
  if (clean) return clean
  throw new ProblemError({
    code: 'model-name-invalid',
    message: 'A model needs a name.',
    accepted: `up to ${maxNameCharacters} characters, not only spaces`,
    remedy: 'Type a name, such as that of the speaker.',
  })
}

/** `config` is the model's complete configuration; its fields become the description in the list. */
export function userModelFilesOf(config: JsonObject, weights: Uint8Array<ArrayBuffer>): UserModelFiles {
  const { id, objective, weights: described } = parseModelConfig(config, 'config.json')
  const { name = id, created = new Date().toISOString(), base } = v.parse(originSchema, config)
  const model = {
    id,
    name: cleanName(name),
    createdAt: new Date(created).toISOString(),
    objective,
    parameters: described.parameters,
    bytes: weights.length,
    ...(base === undefined ? {} : { base }),
  }
  return { model, config: { ...config, name: model.name, created: model.createdAt }, weights }
}

/** Both files in one zip, named after the model. They are stored as they are, because weights do not compress. */
export async function zipModel(
  { id, name }: Pick<UserModel, 'id' | 'name'>,
  files: readonly ModelFile[],
): Promise<ModelFile> {
  const zip = downloadZip(files.map((file) => ({ name: file.name, input: file.bytes })))
  const plain = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return { name: `${plain || id}.zip`, bytes: new Uint8Array(await zip.arrayBuffer()) }
}

/**
 * Imports a zip, or weights and configuration as separate files, under a new id. Rejects with `model-files-missing`,
 * `model-is-checkpoint`, `model-config-invalid`, `model-hash-mismatch`, `weights-mismatch`, and with the problems of `readZip`, `parseJson`
 * and `readSafetensors`.
 */
export async function importModel(files: readonly ModelFile[]): Promise<UserModelFiles> {
  const unpacked = files.flatMap((file) => (isZip(file.bytes) ? unzipped(file) : [file]))
  const configFile = unpacked.find(({ name }) => /(^|[/\\])[^/\\]*config[^/\\]*\.json$/i.test(name))
  const json = configFile ?? unpacked.find(({ name }) => name.endsWith('.json'))
  const weights = unpacked.find(({ name }) => name.endsWith('.safetensors'))
  if (weights) refuseCheckpoint(weights)
  if (!json || !weights) throw missing(files, json ? 'its weights' : 'its configuration')

  const refuse = refusalsOf(json.name)
  const raw = parseJson(decodeText(json.bytes, refuse), refuse)
  const config = parseModelConfig(raw, json.name)
  if (!isJsonObject(raw)) throw missing(files, 'its configuration')
  const found = await sha256Of(weights.bytes)
  if (found !== config.weights.sha256) {
    throw new ProblemError({
      code: 'model-hash-mismatch',
      message: `${weights.name} does not belong to ${json.name}.`,
      file: weights.name,
      found: `SHA-256 ${found}`,
      accepted: `SHA-256 ${config.weights.sha256}`,
      remedy: 'Choose the weights and the configuration of the same export.',
    })
  }
  readLayouts(config, readSafetensors(weights.bytes, weights.name))
  const name = typeof raw.name === 'string' && raw.name.trim() ? raw.name : config.id
  return userModelFilesOf({ ...raw, id: newModelId(config.objective), name }, weights.bytes)
}

function unzipped({ name, bytes }: ModelFile): ModelFile[] {
  return readZip(bytes, refusalsOf(name))
    .filter((entry) => /\.(json|safetensors)$/.test(entry.name) && !/(^|\/)(__MACOSX\/|\.)/.test(entry.name))
    .map((entry) => ({ name: entry.name, bytes: entry.read() }))
}

/** A session's checkpoint holds weights and moments; its configuration would not fit it. */
function refuseCheckpoint({ name, bytes }: ModelFile): void {
  if (readSafetensorsMetadata(bytes, name)[checkpointKey] === undefined) return
  throw new ProblemError({
    code: 'model-is-checkpoint',
    message: `${name} is a checkpoint of a fine-tuning session, not a model.`,
    file: name,
    accepted: 'model.safetensors and config.json, or both in one zip',
    remedy:
      'Resume the session under “Fine-tune” in the browser in which it ran, and keep its best model. “Export” under ' +
      '“Models” then writes the zip that can be imported anywhere.',
  })
}

function missing(files: readonly ModelFile[], what: string): ProblemError {
  return new ProblemError({
    code: 'model-files-missing',
    message: `A model consists of two files, and ${what} is missing.`,
    found: files.map(({ name }) => name).join(', ') || 'no file',
    accepted: 'model.safetensors and config.json, or both in one zip',
    remedy: 'Choose both files together, or the zip saved by "Export".',
  })
}
