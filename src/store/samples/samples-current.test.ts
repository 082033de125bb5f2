import { parse } from 'valibot'
import { expect, test } from 'vitest'
import listed from '../../../public/samples/index.json'
import { sha256Of } from '../../base/sha256.ts'
import { sampleListSchema } from './sample-library.ts'

const list = parse(sampleListSchema, listed)
const configs = import.meta.glob<string>('../../../public/models/*/config.json', {
  query: '?raw',
  import: 'default',
  eager: true,
})

test('no sample is older than its model: if this fails, run `npm run samples`', async () => {
  expect(Object.keys(list.models)).toHaveLength(2)
  for (const [id, made] of Object.entries(list.models)) {
    const config = configs[`../../../public/models/${id}/config.json`]
    // The page refuses weights that do not have the hash in their configuration, so this hash is that of the weights.
    expect(made.weights, id).toBe(JSON.parse(config).weights.sha256)
    expect(made.config, id).toBe(await sha256Of(new TextEncoder().encode(config)))
  }
})

test('every listed sample is there with its picture, and nothing else is', () => {
  const files = Object.keys(import.meta.glob('../../../public/samples/*.{flac,webp}', { query: '?url' }))
  const names = list.clips.flatMap(({ samples }) => samples.flatMap(({ file, picture }) => [file, picture]))
  expect(files.map((path) => path.split('/').at(-1)).toSorted()).toEqual(names.toSorted())
})
