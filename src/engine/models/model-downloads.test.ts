import { expect, test, vi } from 'vitest'
import { abortError } from '../../base/problem.ts'
import type { CallOptions, LoadProgress } from '../vocoder-engine.ts'
import { ModelDownloads } from './model-downloads.ts'
import type { ModelFiles } from './models.ts'

type Fetch = {
  readonly id: string
  readonly options: CallOptions<LoadProgress>
  arrive(files: ModelFiles): void
  fail(reason: Error): void
}

/** A catalog whose files arrive when the test says so; a cancelled fetch rejects as the real one does. */
function catalogByHand() {
  const fetches: Fetch[] = []
  const files = vi.fn(
    (id: string, options: CallOptions<LoadProgress> = {}) =>
      new Promise<ModelFiles>((resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(abortError()))
        fetches.push({ id, options, arrive: resolve, fail: reject })
      }),
  )
  return { fetches, downloads: new ModelDownloads({ files }) }
}

const filesOf = (name: string) => ({ json: { name } }) as unknown as ModelFiles
const turn = () => new Promise((resolve) => setTimeout(resolve))

test('models are fetched one after the other, in the order of the requests', async () => {
  const { fetches, downloads } = catalogByHand()
  const [first, second] = [downloads.files('first'), downloads.files('second')]
  await turn()
  expect(fetches.map(({ id }) => id)).toEqual(['first'])
  fetches[0].arrive(filesOf('first'))
  await turn()
  expect(fetches.map(({ id }) => id)).toEqual(['first', 'second'])
  fetches[1].arrive(filesOf('second'))
  expect([await first, await second]).toEqual([filesOf('first'), filesOf('second')])
})

test('two requests for a model share one download and its progress', async () => {
  const { fetches, downloads } = catalogByHand()
  const [early, late] = [vi.fn(), vi.fn()]
  const both = [downloads.files('m', { onProgress: early }), downloads.files('m', { onProgress: late })]
  await turn()
  const progress = { loadedBytes: 1, totalBytes: 2 }
  fetches[0].options.onProgress?.(progress)
  expect(early).toHaveBeenCalledWith(progress)
  expect(late).toHaveBeenCalledWith(progress)
  fetches[0].arrive(filesOf('m'))
  expect(await Promise.all(both)).toEqual([filesOf('m'), filesOf('m')])
  expect(fetches).toHaveLength(1)
})

test('a cancelled request ends at once; the download goes on for the other and ends with the last', async () => {
  const { fetches, downloads } = catalogByHand()
  const [one, other] = [new AbortController(), new AbortController()]
  const cancelled = downloads.files('m', { signal: one.signal })
  const kept = downloads.files('m', { signal: other.signal })
  await turn()
  one.abort()
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
  expect(fetches[0].options.signal?.aborted).toBe(false)
  other.abort()
  await expect(kept).rejects.toMatchObject({ name: 'AbortError' })
  expect(fetches[0].options.signal?.aborted).toBe(true)
})

test('after a failure the next model is fetched, and another request tries again', async () => {
  const { fetches, downloads } = catalogByHand()
  const failing = downloads.files('first')
  const next = downloads.files('second')
  await turn()
  fetches[0].fail(new Error('no connection'))
  await expect(failing).rejects.toThrow('no connection')
  await turn()
  fetches[1].arrive(filesOf('second'))
  expect(await next).toEqual(filesOf('second'))
  const again = downloads.files('first')
  await turn()
  fetches[2].arrive(filesOf('first'))
  expect(await again).toEqual(filesOf('first'))
})
