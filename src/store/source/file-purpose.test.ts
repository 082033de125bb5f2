import { expect, test } from 'vitest'
import { purposeOf } from './file-purpose.ts'

const file = (name: string, content = '') => new File([content], name)
const tensors = (count: number) => `\0\0\0\0\0\0\0\0{${'"a":{"dtype":"F16"},'.repeat(count)}}`

test.each([
  ['one mel', [file('mel.npy')], 'source'],
  ['a mel with its configuration', [file('mel.npy'), file('config.yaml', 'hop_size: 256')], 'source'],
  ['a mel with a configuration in JSON', [file('mel.npy'), file('config.json', '{}')], 'source'],
  ['a configuration alone', [file('config.json', '{"hop_size": 256}')], 'source'],
  ['two recordings', [file('a.wav'), file('b.wav')], 'batch'],
  ['a mel, its configuration and recordings', [file('m.npy'), file('c.yaml'), file('a.wav')], 'batch'],
  [
    'weights with their configuration',
    [file('m.safetensors'), file('c.json', '{"architecture": 1}')],
    'model',
  ],
  ['a mel with the configuration of its producer', [file('m.safetensors'), file('c.json', '{}')], 'source'],
  ['weights alone', [file('model.safetensors', tensors(40))], 'model'],
  [
    'a checkpoint of a session, which the import names',
    [file('session.safetensors', '\0\0\0\0\0\0\0\0{"__metadata__":{"fine-tuning":"{}"}}')],
    'model',
  ],
  ['a mel in safetensors', [file('mel.safetensors', tensors(1))], 'source'],
  ['a model in a zip', [file('m.zip', 'PK a/model.safetensors a/config.json')], 'model'],
  ['a zip of recordings', [file('m.zip', 'PK a/b.wav')], 'archive'],
  ['a recording beside a zip', [file('a.wav'), file('m.ZIP', 'PK a/b.npy')], 'archive'],
  ['an archive of NumPy', [file('m.npz', 'PK a.npy')], 'source'],
  ['a test plan', [file('plan.json', '{"format": "listening-plan"}')], 'test'],
  ['results', [file('a.json', '{"format": "listening-result"}')], 'test'],
] as const)('%s', async (_, files, purpose) => {
  expect(await purposeOf(files)).toBe(purpose)
})
