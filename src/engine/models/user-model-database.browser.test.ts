import { afterEach, beforeEach, expect, test } from 'vitest'
import { noCorrections } from '../../base/mel-corrections.ts'
import { isJsonObject, type JsonObject } from '../../io/json.ts'
import { writeSafetensors } from '../../io/safetensors/safetensors-writer.ts'
import { createEngine } from '../in-thread.ts'
import { baseUrl, serveFiles, tinyModel } from '../testing/file-server.ts'
import { wavyMel } from '../testing/mels.ts'
import { UserModelDatabase } from './user-model-database.ts'
import { newModelId, userModelFilesOf } from './user-model-files.ts'

const userModels = new UserModelDatabase()
const empty = async () => {
  for (const { id } of await userModels.list()) await userModels.remove(id)
}
beforeEach(empty)
afterEach(empty)

async function tinyFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await serveFiles(tinyModel.replies)(`${baseUrl}models/${tinyModel.id}/${name}`)
  return new Uint8Array(await response.arrayBuffer())
}
const tinyWeights = () => tinyFile('tiny.safetensors')
async function tinyConfig(): Promise<JsonObject> {
  const config: unknown = JSON.parse(new TextDecoder().decode(await tinyFile('config.json')))
  if (typeof config !== 'object' || config === null) throw new Error('No configuration')
  return config as JsonObject
}
const textFile = (name: string, json: JsonObject) => ({
  name,
  bytes: new TextEncoder().encode(JSON.stringify(json)),
})

async function put(name: string, created: string): Promise<string> {
  const config = { ...(await tinyConfig()), id: newModelId('wavegrad'), name, created, base: tinyModel.id }
  const files = userModelFilesOf(config, await tinyWeights())
  await userModels.put(files)
  return files.model.id
}

test('models are listed newest first, with their details, and can be renamed and removed', async () => {
  const older = await put('Older', '2026-01-01T10:00:00.000Z')
  const newer = await put('Newer', '2026-02-01T10:00:00.000Z')
  expect(await userModels.list()).toMatchObject([
    { id: newer, name: 'Newer', base: tinyModel.id, objective: 'wavegrad', bytes: expect.any(Number) },
    { id: older, createdAt: '2026-01-01T10:00:00.000Z' },
  ])
  await userModels.rename(older, '  A\tvoice\n ')
  expect((await userModels.list())[1].name).toBe('A voice')
  await expect(userModels.rename(older, ' \u0007 ')).rejects.toMatchObject({
    problem: { code: 'model-name-invalid' },
  })
  await userModels.remove(newer)
  expect((await new UserModelDatabase().list()).map(({ id }) => id)).toEqual([older])
  await expect(userModels.files(newer)).rejects.toMatchObject({ problem: { code: 'model-unknown' } })
})

test('an export, as files or as a zip, is imported as another model with the same name and weights', async () => {
  const id = await put('Grandmother, 2', '2026-01-01T10:00:00.000Z')
  await userModels.rename(id, 'Grandmother, 3')
  const [weights, config] = await userModels.files(id)
  expect([weights.name, config.name]).toEqual(['model.safetensors', 'config.json'])
  expect(weights.bytes).toEqual(await tinyWeights())
  const zip = await userModels.zip(id)
  expect(zip.name).toBe('Grandmother-3.zip')
  for (const files of [[config, weights], [zip]]) {
    const added = await userModels.add(files)
    expect(added).toMatchObject({
      name: 'Grandmother, 3',
      createdAt: '2026-01-01T10:00:00.000Z',
      base: tinyModel.id,
    })
    expect(added.id).not.toBe(id)
    expect((await userModels.files(added.id))[0].bytes).toEqual(weights.bytes)
  }
  expect(await userModels.list()).toHaveLength(3)
})

test('files that are not a model are refused, and none of them is stored', async () => {
  const config = await tinyConfig()
  const weights = { name: 'model.safetensors', bytes: await tinyWeights() }
  const codeOf = (...files: Parameters<typeof userModels.add>[0]) =>
    userModels.add(files).then(
      () => 'accepted',
      ({ problem }) => problem.code,
    )
  const { network } = config
  if (!isJsonObject(network)) throw new Error('No network')
  const wider = { ...config, network: { ...network, first_channels: 9 } }
  expect(await codeOf(weights)).toBe('model-files-missing')
  expect(await codeOf(textFile('config.json', config))).toBe('model-files-missing')
  expect(await codeOf()).toBe('model-files-missing')
  const checkpoint = writeSafetensors([], { 'fine-tuning': '{}' })
  expect(await codeOf({ name: 'session.safetensors', bytes: checkpoint })).toBe('model-is-checkpoint')
  expect(await codeOf(textFile('config.json', { id: 'x' }), weights)).toBe('model-config-invalid')
  expect(await codeOf(textFile('config.json', wider), weights)).toBe('weights-mismatch')
  const changed = weights.bytes.slice()
  changed[changed.length - 1] ^= 1
  expect(await codeOf(textFile('config.json', config), { ...weights, bytes: changed })).toBe(
    'model-hash-mismatch',
  )
  expect(await codeOf({ name: 'model.zip', bytes: Uint8Array.of(0x50, 0x4b, 3, 4, 0) })).toBe('zip-truncated')
  expect(await userModels.list()).toEqual([])
})

test('the engine lists and loads stored models, and refuses one that was changed in storage', async () => {
  const id = await put('A voice', '2026-01-01T10:00:00.000Z')
  const engine = createEngine({ baseUrl, fetch: serveFiles(tinyModel.replies), userModels })
  await engine.start({ backend: 'cpu' })
  expect(await engine.listModels()).toMatchObject([
    { id: tinyModel.id, origin: 'published' },
    { id, origin: 'user', name: 'A voice', createdAt: '2026-01-01T10:00:00.000Z' },
  ])
  const request = { mel: wavyMel(3), betas: [0.9], seed: 1, corrections: noCorrections }
  const { samples } = await engine.synthesize({ ...request, modelId: id })
  expect(samples).toEqual((await engine.synthesize({ ...request, modelId: tinyModel.id })).samples)

  const other = await put('Another', '2026-01-02T10:00:00.000Z')
  const entry = await userModels.entry(other)
  if (!entry) throw new Error('The model was not stored')
  const changed = (await tinyWeights()).fill(0, 2000, 2004)
  await userModels.put({ ...entry, weights: changed })
  await expect(engine.loadModel(other)).rejects.toMatchObject({
    problem: { code: 'model-hash-mismatch', remedy: expect.stringContaining('Delete') },
  })
  engine.dispose()
})

test('if IndexedDB is refused, only the published models are listed, and storing a model is refused', async () => {
  const files = userModelFilesOf({ ...(await tinyConfig()), id: newModelId('wavegrad') }, await tinyWeights())
  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  try {
    const refused = new UserModelDatabase()
    expect(await refused.list()).toEqual([])
    await expect(refused.put(files)).rejects.toMatchObject({ problem: { code: 'user-models-unavailable' } })
    const engine = createEngine({ baseUrl, fetch: serveFiles(tinyModel.replies), userModels: refused })
    expect((await engine.listModels()).map(({ id }) => id)).toEqual([tinyModel.id])
    engine.dispose()
  } finally {
    IDBFactory.prototype.open = open
  }
})
