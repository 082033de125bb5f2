import { expect, test } from 'vitest'
import { readZip } from '../../io/zip/zip-reader.ts'
import { zipModel } from './user-model-files.ts'

test('both files are in one zip, named after the model', async () => {
  const files = [
    { name: 'model.safetensors', bytes: Uint8Array.from({ length: 1000 }, (_, i) => i % 251) },
    { name: 'config.json', bytes: new TextEncoder().encode('{"id": "a"}') },
  ]
  const zip = await zipModel({ id: 'infergrad-tuned-1', name: ' My voice / 2 ' }, files)
  expect(zip.name).toBe('My-voice-2.zip')
  const refuse = (code: string): never => {
    throw new Error(code)
  }
  const read = readZip(zip.bytes, refuse).map((entry) => ({ name: entry.name, bytes: entry.read() }))
  expect(read).toEqual(files)
})
