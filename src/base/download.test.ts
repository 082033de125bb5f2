import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { download } from './download.ts'
import { ProblemError } from './problem.ts'

const url = new URL('http://page.test/file')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A server that sends one byte every `seconds`, `count` times, and then closes, or never does. */
function sending(count: number, seconds: number, { closes = true } = {}): typeof fetch {
  return async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
        if (sent++ < count) controller.enqueue(Uint8Array.of(sent))
        else if (closes) controller.close()
        else await new Promise(() => {})
      },
    })
    return new Response(body)
  }
}

const never: typeof fetch = () => new Promise(() => {})

test('a slow download that makes progress arrives, however long it takes', async () => {
  const onProgress = vi.fn()
  const loaded = download(url, { fetch: sending(6, 19), onProgress })
  await vi.advanceTimersByTimeAsync(7 * 19_000)
  expect(await loaded).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
  expect(onProgress.mock.calls).toEqual([[1], [2], [3], [4], [5], [6]])
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  ['no answer comes', never, 0],
  ['the body stops', sending(3, 1, { closes: false }), 3],
])('ends 20 seconds after %s', async (_, fetch, loadedBytes) => {
  const ended = vi.fn()
  const failed = download(url, { fetch }).catch((thrown: unknown) => {
    ended()
    return thrown
  })
  await vi.advanceTimersByTimeAsync(19_000 + loadedBytes * 1000)
  expect(ended).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1001)
  expect(await failed).toMatchObject({ name: 'DownloadError', reason: 'stalled', loadedBytes })
  expect(vi.getTimerCount()).toBe(0)
})

test('a cancel takes effect at once, even if the server does not answer', async () => {
  const controller = new AbortController()
  const cancelled = download(url, { fetch: never, signal: controller.signal })
  controller.abort()
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
  expect(vi.getTimerCount()).toBe(0)
})

test('the request is told to end when it stalls', async () => {
  let given: AbortSignal | null | undefined
  const fetch: typeof globalThis.fetch = (_, init) => {
    given = init?.signal
    return new Promise(() => {})
  }
  const failed = expect(download(url, { fetch })).rejects.toMatchObject({ reason: 'stalled' })
  await vi.advanceTimersByTimeAsync(20_000)
  await failed
  expect(given?.aborted).toBe(true)
})

test('a failed connection and the refusals of the caller are told apart', async () => {
  const down: typeof fetch = async () => Promise.reject(new TypeError('fetch failed'))
  await expect(download(url, { fetch: down })).rejects.toMatchObject({
    reason: 'interrupted',
    loadedBytes: 0,
  })
  const refusal = new ProblemError({ code: 'refused', message: 'No.' })
  const onResponse = () => {
    throw refusal
  }
  await expect(download(url, { fetch: sending(1, 0), onResponse })).rejects.toBe(refusal)
  const cancel = vi.fn()
  const refused: typeof fetch = async () => new Response(new ReadableStream({ cancel }))
  await expect(download(url, { fetch: refused, onResponse })).rejects.toBe(refusal)
  expect(cancel, 'nothing more of a refused response is downloaded').toHaveBeenCalledOnce()
})
