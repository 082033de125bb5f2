import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { readShippedConfig } from '../../model/testing/fixtures.ts'
import { Vocoder } from '../../model/vocoder.ts'
import { baseUrl, type Replies, serveFiles } from '../testing/file-server.ts'
import { ModelCatalog, summaryOf } from './models.ts'

beforeAll(() => tf.setBackend('cpu'))

const catalogWith = (replies?: Replies) => new ModelCatalog(baseUrl, { fetch: serveFiles(replies) })

/** Downloads and uploads, as the engine does. */
async function load(catalog: ModelCatalog, id: string): Promise<Vocoder> {
  const { config, tensors } = await catalog.files(id)
  return Vocoder.create(config, tensors)
}

/** Answers with `reply` for `path`, and with the real file otherwise. */
const only =
  (path: string, reply: () => Response): Replies =>
  (asked) =>
    asked === path ? reply() : undefined

async function changedConfig(id: string, change: (text: string) => string): Promise<() => Response> {
  const text = await (await serveFiles()(`${baseUrl}models/${id}/config.json`)).text()
  return () => new Response(change(text))
}

test('the shipped models are listed with the information that the page needs', async () => {
  const shipped = { count: 0, momentum: 0, scope: 'all' }
  const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/)
  expect(await catalogWith().list()).toMatchObject([
    {
      id: 'wavegrad-frames',
      size: 'frames',
      architecture: 'frames',
      corrections: shipped,
      correctsVoiced: true,
    },
    {
      id: 'infergrad-frames',
      size: 'frames',
      architecture: 'frames',
      corrections: shipped,
      correctsVoiced: true,
    },
    {
      id: 'wavegrad-small',
      objective: 'wavegrad',
      size: 'small',
      parameters: 2705840,
      prediction: 'v',
      weightsSha256: sha256,
    },
    {
      id: 'infergrad-small',
      objective: 'infergrad',
      mel: { bands: 80, hopSamples: 256 },
      prior: 'spectral',
      correctsVoiced: false,
    },
  ])
})

test('the corrections of a model come from its configuration, and are none for other priors', async () => {
  const config = await readShippedConfig('infergrad-small')
  const own = { ...config, priorCorrections: 7, priorMomentum: 0.5 }
  expect(summaryOf(own).corrections).toEqual({ count: 7, momentum: 0.5, scope: 'all' })
  expect(summaryOf({ ...own, prior: 'energy' }).corrections).toEqual({ count: 0, momentum: 0, scope: 'all' })
})

test('an unknown id is refused with the known ids, and nothing is fetched for it', async () => {
  const asked: string[] = []
  const catalog = catalogWith((path) => {
    asked.push(path)
    return undefined
  })
  await expect(catalog.files('../secret')).rejects.toMatchObject({
    problem: {
      code: 'model-unknown',
      found: '../secret',
      accepted: 'wavegrad-frames, infergrad-frames, wavegrad-small, infergrad-small',
    },
  })
  expect(asked).toEqual(['index.json'])
})

test('an index that is a web page or empty is refused, and a retry reads it again', async () => {
  let reply: Response | undefined = new Response('<!doctype html>')
  const catalog = catalogWith((path) => (path === 'index.json' ? reply : undefined))
  await expect(catalog.list()).rejects.toMatchObject({ problem: { code: 'json-invalid' } })
  reply = new Response('[]')
  await expect(catalog.list()).rejects.toMatchObject({ problem: { code: 'model-index-invalid' } })
  reply = undefined
  expect(await catalog.list()).toHaveLength(4)
})

test('a model with a broken configuration is not listed, and loading it reports why', async () => {
  const broken = await changedConfig('wavegrad-small', (text) => text.replace('"v"', '"velocity"'))
  const catalog = catalogWith(only('wavegrad-small/config.json', broken))
  expect((await catalog.list()).map(({ id }) => id)).toEqual([
    'wavegrad-frames',
    'infergrad-frames',
    'infergrad-small',
  ])
  await expect(catalog.files('wavegrad-small')).rejects.toMatchObject({
    problem: { code: 'model-config-invalid', file: 'models/wavegrad-small/config.json' },
  })
})

test('a configuration of another model is refused', async () => {
  const other = await changedConfig('wavegrad-small', (text) => text)
  await expect(
    catalogWith(only('infergrad-small/config.json', other)).files('infergrad-small'),
  ).rejects.toMatchObject({
    problem: { code: 'model-config-invalid', found: 'wavegrad-small' },
  })
})

test('weights that do not fit their configuration are refused, nothing stays uploaded, and a retry succeeds', async () => {
  const wider = await changedConfig('infergrad-small', (text) =>
    text.replace(/"first_channels": \d+/, '"first_channels": 200'),
  )
  const tensorsBefore = tf.memory().numTensors
  await expect(
    load(catalogWith(only('infergrad-small/config.json', wider)), 'infergrad-small'),
  ).rejects.toMatchObject({
    problem: { code: 'weights-mismatch', remedy: expect.any(String) },
  })
  expect(tf.memory().numTensors).toBe(tensorsBefore)

  let cut = true
  const whole = await (await serveFiles()(`${baseUrl}models/infergrad-small/model.safetensors`)).arrayBuffer()
  const catalog = catalogWith((path) =>
    path.endsWith('.safetensors') && cut ? new Response(whole.slice(0, 1_000_000)) : undefined,
  )
  await expect(load(catalog, 'infergrad-small')).rejects.toMatchObject({
    problem: { code: 'model-hash-mismatch' },
  })
  expect(tf.memory().numTensors).toBe(tensorsBefore)
  cut = false
  const model = await load(catalog, 'infergrad-small')
  expect(model.config.id).toBe('infergrad-small')
  model.dispose()
  expect(tf.memory().numTensors).toBe(tensorsBefore)
})
