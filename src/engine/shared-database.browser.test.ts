import { type DBSchema, deleteDB, openDB } from 'idb'
import { afterEach, expect, test, vi } from 'vitest'
import { sharedDatabase } from './shared-database.ts'

interface Schema extends DBSchema {
  notes: { key: string; value: string }
}

const name = 'for-tests-shared'
const open = () =>
  sharedDatabase<Schema>({ name, version: 1, create: (created) => created.createObjectStore('notes') })

afterEach(async () => {
  vi.useRealTimers()
  await deleteDB(name)
})

test('the connection is opened once, and a deleted database is created again', async () => {
  const database = open()
  expect(await database()).toBe(await database())
  await (await database()).put('notes', 'kept', 'a')
  await deleteDB(name, { blocked: () => expect.unreachable('the open connection blocks the deletion') })
  expect(await (await database()).get('notes', 'a')).toBeUndefined()
})

test('a newer version opens beside an open connection, which then reports that its page is outdated', async () => {
  const database = open()
  await (await database()).put('notes', 'kept', 'a')
  const newer = await openDB<Schema>(name, 2, {
    blocked: () => expect.unreachable('the open connection blocks the newer version'),
  })
  expect(await newer.get('notes', 'a')).toBe('kept')
  await expect(database()).rejects.toMatchObject({
    problem: { code: 'page-outdated', remedy: expect.stringContaining('reload') },
  })
  newer.close()
})

test('an upgrade that an old tab blocks is refused after a while, and succeeds once that tab is closed', async () => {
  const stubborn = await openDB(name, 1)
  const database = sharedDatabase<Schema>({ name, version: 2, create: () => {} })
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const refused = expect(database()).rejects.toMatchObject({ problem: { code: 'storage-blocked' } })
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
  await vi.runAllTimersAsync()
  await refused
  stubborn.close()
  expect((await database()).version).toBe(2)
  ;(await database()).close()
})
