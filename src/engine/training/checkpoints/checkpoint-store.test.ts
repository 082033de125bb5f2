import { expect, test } from 'vitest'
import { tinyRequest } from '../testing/tiny-training.ts'
import { createMemoryStore } from './checkpoint-store.ts'

const session = (sessionId: string, step: number) => ({
  sessionId,
  name: 'A voice',
  modelId: 'tiny',
  step,
  steps: 8,
})

test('the latest session is the one that was saved last, not the one that began last', async () => {
  const store = createMemoryStore()
  await store.save(session('first', 1), tinyRequest(), Uint8Array.of(1))
  await store.save(session('second', 1), tinyRequest(), Uint8Array.of(2))
  await store.save(session('first', 2), tinyRequest(), Uint8Array.of(3, 4))
  expect(await store.latest()).toMatchObject({ sessionId: 'first', step: 2, bytes: 2 })
  await store.remove('first')
  expect(await store.latest()).toMatchObject({ sessionId: 'second' })
})

test('a checkpoint stays as it was saved, even if the bytes that were given or read change', async () => {
  const store = createMemoryStore()
  const given = Uint8Array.of(1, 2)
  await store.save(session('first', 1), tinyRequest(), given)
  given.fill(9)
  const read = await store.read('first')
  expect(read).toEqual(Uint8Array.of(1, 2))
  read?.fill(9)
  expect(await store.read('first')).toEqual(Uint8Array.of(1, 2))
})
