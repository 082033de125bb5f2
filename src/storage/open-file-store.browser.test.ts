import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDiskFiles } from './disk-files.ts'
import type { FileStore } from './file-store.ts'
import { createMemoryFiles } from './memory-files.ts'
import { openFileStore } from './open-file-store.ts'
import { claimTabFolder, type TabFolder } from './tab-folder.ts'

const folder = 'for-tests'
const claimed: TabFolder[] = []

/** Claims a folder as another tab would: a tab's identity is in its session storage. */
async function claimAsNewTab(options?: { readonly fresh: boolean }): Promise<TabFolder> {
  sessionStorage.clear()
  const place = await claimTabFolder(folder, options)
  claimed.push(place)
  return place
}

async function empty() {
  for (const place of claimed.splice(0)) place.release()
  sessionStorage.clear()
  const root = await navigator.storage.getDirectory()
  await root.removeEntry('kept-files', { recursive: true }).catch(() => undefined)
}
beforeEach(empty)
afterEach(async () => {
  vi.restoreAllMocks()
  await empty()
})

const bytes = (text: string) => new TextEncoder().encode(text)
const textIn = async (files: FileStore, name: string) => (await files.read(name))?.text()

describe.each([
  ['on the disk', async () => createDiskFiles(await claimAsNewTab())],
  ['in memory', async () => createMemoryFiles()],
])('files %s', (_, make) => {
  test('are written, read, replaced, listed in order and removed', async () => {
    const files = await make()
    expect(await files.read('b.wav')).toBeUndefined()
    await files.write('b.wav', bytes('first, and longer'))
    await files.write('a.json', bytes('{}'))
    await files.write('b.wav', bytes('second'))
    expect(await textIn(files, 'b.wav')).toBe('second')
    expect(await files.names()).toEqual(['a.json', 'b.wav'])
    await files.remove('a.json')
    await files.remove('never.json')
    expect(await files.names()).toEqual(['b.wav'])
    await files.clear()
    expect(await files.names()).toEqual([])
  })

  test.each(['', '.', '..', 'a/b', 'a\\b', '.hidden', 'a\u0000b', 'a'.repeat(121)])(
    'may not be called “%s”',
    async (name) => {
      const files = await make()
      await expect(files.write(name, bytes(''))).rejects.toThrow('not a valid name for a stored file')
    },
  )

  test('may have a name of 120 letters', async () => {
    const files = await make()
    await files.write('a'.repeat(120), bytes('1'))
    expect(await files.names()).toEqual(['a'.repeat(120)])
  })
})

test('a reloaded tab finds its own files again, not those of another tab', async () => {
  const mine = await claimAsNewTab()
  await createDiskFiles(mine).write('mine', bytes('1'))
  const theirs = await claimAsNewTab()
  await createDiskFiles(theirs).write('theirs', bytes('2'))
  expect(await createDiskFiles(mine).names()).toEqual(['mine'])

  mine.release()
  theirs.release()
  // The session storage is still that of the second tab.
  const again = await claimTabFolder(folder)
  claimed.push(again)
  expect(await textIn(createDiskFiles(again), 'theirs')).toBe('2')
  expect(await createDiskFiles(again).names()).toEqual(['theirs'])
})

test('a page that is reloaded before its lock is free waits for its own files', async () => {
  const before = await claimAsNewTab()
  await createDiskFiles(before).write('mine', bytes('1'))
  const claiming = claimTabFolder(folder)
  await new Promise((resolve) => setTimeout(resolve, 100))
  before.release()
  const again = await claiming
  claimed.push(again)
  expect(await createDiskFiles(again).names()).toEqual(['mine'])
})

test('a new tab takes over the files of a closed tab and leaves those of an open one alone', async () => {
  const open = await claimAsNewTab()
  await createDiskFiles(open).write('open', bytes('1'))
  const closed = await claimAsNewTab()
  await createDiskFiles(closed).write('left', bytes('2'))
  closed.release()
  const next = await claimAsNewTab()
  expect(await createDiskFiles(next).names()).toEqual(['left'])
})

test('a fresh folder is empty, and the files of closed tabs are removed from the disk', async () => {
  const open = await claimAsNewTab()
  await createDiskFiles(open).write('open', bytes('1'))
  const closed = await Promise.all([claimAsNewTab(), claimAsNewTab()])
  for (const place of closed) await createDiskFiles(place).write('left', bytes('2'))
  for (const place of closed) place.release()
  const fresh = await claimAsNewTab({ fresh: true })
  expect(await createDiskFiles(fresh).names()).toEqual([])
  expect(await createDiskFiles(open).names()).toEqual(['open'])

  const root = await navigator.storage.getDirectory()
  const sets = await (await root.getDirectoryHandle('kept-files')).getDirectoryHandle(folder)
  const names: string[] = []
  for await (const name of sets.keys()) names.push(name)
  expect(names.toSorted()).toEqual(['0', '1'])
})

test('on a full disk writing rejects, and the old content stays', async () => {
  const files = createDiskFiles(await claimAsNewTab())
  await files.write('kept', bytes('whole'))
  vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(
    new DOMException('full', 'QuotaExceededError'),
  )
  const full = { problem: { code: 'storage-full', found: expect.stringContaining('MB needed') } }
  await expect(files.write('kept', bytes('part'))).rejects.toMatchObject(full)
  await expect(files.write('new', bytes('part'))).rejects.toMatchObject(full)
  vi.restoreAllMocks()
  expect(await textIn(files, 'kept')).toBe('whole')
  expect(await files.names()).toEqual(['kept'])
})

test('a file that the browser silently stores in part is refused, and the old content stays', async () => {
  const files = createDiskFiles(await claimAsNewTab())
  const content = bytes('a whole file of forty characters or so..')
  await files.write('kept', content)
  const { write } = FileSystemWritableFileStream.prototype
  const points = 20
  for (let point = 0; point < points; point++) {
    const storedBytes = Math.floor((point / points) * content.length)
    const short = vi.spyOn(FileSystemWritableFileStream.prototype, 'write')
    short.mockImplementation(function (this: FileSystemWritableFileStream) {
      return write.call(this, content.subarray(0, storedBytes))
    })
    const full = { problem: { code: 'storage-full' } }
    await expect(files.write('kept', content.toReversed()), `${storedBytes} bytes`).rejects.toMatchObject(
      full,
    )
    await expect(files.write('new', content)).rejects.toMatchObject(full)
    short.mockRestore()
    expect(await textIn(files, 'kept')).toBe(new TextDecoder().decode(content))
    expect(await files.names()).toEqual(['kept'])
  }
  await files.write('kept', bytes('replaced'))
  expect(await textIn(files, 'kept')).toBe('replaced')
})

test('a file that a killed tab had not finished writing is not listed', async () => {
  const place = await claimAsNewTab()
  const directory = await place.directory()
  await directory.getFileHandle('.half', { create: true })
  const files = createDiskFiles(place)
  expect(await files.names()).toEqual([])
  await files.write('half', bytes('whole'))
  expect(await files.names()).toEqual(['half'])
})

test('a folder that was removed with the browser’s data is created again', async () => {
  const files = createDiskFiles(await claimAsNewTab())
  await files.write('before', bytes('1'))
  const root = await navigator.storage.getDirectory()
  await root.removeEntry('kept-files', { recursive: true })
  expect(await files.read('before')).toBeUndefined()
  await files.write('after', bytes('2'))
  expect(await files.names()).toEqual(['after'])
})

test('a folder is opened once: on the disk, or in memory if the browser refuses the disk', async () => {
  const files = openFileStore('refusal-none')
  expect(openFileStore('refusal-none')).toBe(files)
  await files.write('a', bytes('1'))
  expect(files.keptIn).toBe('disk')

  vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(new DOMException('no', 'SecurityError'))
  const refused = openFileStore('refusal-all')
  await refused.write('a', bytes('2'))
  expect(refused.keptIn).toBe('memory')
  expect(await textIn(refused, 'a')).toBe('2')
})
