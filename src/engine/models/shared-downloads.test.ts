import { expect, test, vi } from 'vitest'
import { abortError } from '../../base/problem.ts'
import type { CallOptions, LoadProgress } from '../vocoder-engine.ts'
import { SharedDownloads } from './shared-downloads.ts'

/** Downloads that end when the test says so. */
function downloads() {
  const begun: {
    readonly id: string
    readonly options: CallOptions<LoadProgress>
    readonly finish: (files: string) => void
    readonly fail: (reason: unknown) => void
  }[] = []
  const shared = new SharedDownloads<string>(
    (id, options) =>
      new Promise((finish, fail) => {
        options.signal?.addEventListener('abort', () => fail(abortError()))
        begun.push({ id, options, finish, fail })
      }),
  )
  return { shared, begun }
}

test('jobs that wait for the same model share one download and its progress', async () => {
  const { shared, begun } = downloads()
  const onProgress = [vi.fn(), vi.fn()]
  const waiting = onProgress.map((tell) => shared.get('a', { onProgress: tell }))
  const other = shared.get('b')
  expect(begun.map(({ id }) => id)).toEqual(['a', 'b'])
  const progress = { loadedBytes: 1, totalBytes: 2 }
  begun[0].options.onProgress?.(progress)
  for (const tell of onProgress) expect(tell).toHaveBeenCalledExactlyOnceWith(progress)
  begun[0].finish('files of a')
  expect(await Promise.all(waiting)).toEqual(['files of a', 'files of a'])
  begun[1].finish('files of b')
  expect(await other).toBe('files of b')
})

test('a cancelled job rejects at once, and the download continues for the other job', async () => {
  const { shared, begun } = downloads()
  const controller = new AbortController()
  const leaving = shared.get('a', { signal: controller.signal })
  const staying = shared.get('a')
  controller.abort()
  await expect(leaving).rejects.toMatchObject({ name: 'AbortError' })
  expect(begun[0].options.signal?.aborted).toBe(false)
  begun[0].finish('files')
  expect(await staying).toBe('files')
})

test('a download for which no job waits any more is cancelled, and the next job begins another', async () => {
  const { shared, begun } = downloads()
  const controller = new AbortController()
  const leaving = shared.get('a', { signal: controller.signal })
  controller.abort()
  await expect(leaving).rejects.toMatchObject({ name: 'AbortError' })
  expect(begun[0].options.signal?.aborted).toBe(true)
  const next = shared.get('a')
  expect(begun).toHaveLength(2)
  begun[1].finish('files')
  expect(await next).toBe('files')
})

test('a job does not join a download that was cancelled, even if that one has not ended yet', async () => {
  let begun = 0
  const shared = new SharedDownloads<string>(() => {
    begun++
    return begun === 1 ? new Promise(() => {}) : Promise.resolve('files')
  })
  const controller = new AbortController()
  const leaving = shared.get('a', { signal: controller.signal })
  controller.abort()
  await expect(leaving).rejects.toMatchObject({ name: 'AbortError' })
  expect(await shared.get('a')).toBe('files')
})

test('a failure is that of all jobs that wait, and is not kept', async () => {
  const { shared, begun } = downloads()
  const both = [shared.get('a'), shared.get('a')]
  const reason = new Error('the server is down')
  begun[0].fail(reason)
  for (const one of both) await expect(one).rejects.toBe(reason)
  const next = shared.get('a')
  begun[1].finish('files')
  expect(await next).toBe('files')
})
