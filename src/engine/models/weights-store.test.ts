import { expect, test, vi } from 'vitest'
import { memoryCaches } from '../testing/memory-caches.ts'
import { fetchWeights, type Network, type WeightsSource } from './weights-store.ts'

const weights = Uint8Array.from({ length: 5000 }, (_, index) => (index * 31) % 251)
const source: WeightsSource = {
  url: new URL('http://page.test/models/tiny/model.safetensors'),
  // From Python's hashlib: bytes(i * 31 % 251 for i in range(5000)).
  sha256: '65373ec98993982941a115c7c7d7f43e5dfb0a118e80ea769c5126509f6a6806',
  expectedBytes: weights.length,
  file: 'tiny/model.safetensors',
}

/** A server that sends `bytes` in pieces and then ends, or fails with an error. */
function serving(
  bytes: Uint8Array,
  {
    headers = {},
    breakOff = false,
    pieceBytes = 1000,
  }: { headers?: HeadersInit; breakOff?: boolean; pieceBytes?: number } = {},
) {
  return vi.fn<typeof fetch>(async () => {
    let position = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (position < bytes.length) controller.enqueue(bytes.slice(position, position + pieceBytes))
        else if (breakOff) controller.error(new TypeError('network error'))
        else controller.close()
        position += pieceBytes
      },
    })
    return new Response(body, { headers })
  })
}

test('weights arrive complete, with progress in bytes, and are cached', async () => {
  const { storage, kept } = memoryCaches()
  const fetch = serving(weights, { headers: { 'content-length': '5000' } })
  const onProgress = vi.fn()
  expect(await fetchWeights(source, { fetch, caches: storage }, { onProgress })).toEqual(weights)
  expect(onProgress).toHaveBeenCalledWith({ loadedBytes: 1000, totalBytes: 5000 })
  expect(onProgress).toHaveBeenLastCalledWith({ loadedBytes: 5000, totalBytes: 5000 })
  expect(kept.get(source.url.href)).toEqual(weights)

  expect(await fetchWeights(source, { fetch, caches: storage })).toEqual(weights)
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('a download in many small pieces reports no more than the page can show', async () => {
  const onProgress = vi.fn()
  await fetchWeights(source, { fetch: serving(weights, { pieceBytes: 5 }) }, { onProgress })
  const reported = onProgress.mock.calls.map(([{ loadedBytes }]) => loadedBytes)
  expect(reported).toHaveLength(51)
  expect(reported).toEqual(reported.toSorted((one, other) => one - other))
  expect(reported.at(-1)).toBe(5000)
})

test.each([0, 1, 999, 1000, 4096, 4999])(
  'a download truncated after %i bytes is reported and not cached',
  async (length) => {
    const { storage, kept } = memoryCaches()
    const cut = weights.slice(0, length)
    const servers: [typeof fetch, string][] = [
      [serving(cut, { breakOff: true }), 'model-download-interrupted'],
      [serving(cut, { headers: { 'content-length': '5000' } }), 'model-download-interrupted'],
      [serving(cut), 'model-hash-mismatch'],
    ]
    for (const [fetch, code] of servers) {
      await expect(fetchWeights(source, { fetch, caches: storage })).rejects.toMatchObject({
        problem: { code, file: source.file, remedy: expect.stringContaining('try again') },
      })
    }
    expect(kept.size).toBe(0)
    expect(await fetchWeights(source, { fetch: serving(weights), caches: storage })).toEqual(weights)
  },
)

test('a single wrong bit is reported and not cached', async () => {
  const { storage, kept } = memoryCaches()
  const wrong = weights.slice()
  wrong[2500] ^= 1
  await expect(fetchWeights(source, { fetch: serving(wrong), caches: storage })).rejects.toMatchObject({
    problem: { code: 'model-hash-mismatch', found: expect.stringContaining('5000 bytes') },
  })
  expect(kept.size).toBe(0)
})

test('damaged cached weights are downloaded again', async () => {
  const { storage, kept } = memoryCaches()
  kept.set(source.url.href, weights.slice(1))
  expect(await fetchWeights(source, { fetch: serving(weights), caches: storage })).toEqual(weights)
  expect(kept.get(source.url.href)).toEqual(weights)
})

const refused = async () => Promise.reject(new DOMException('Storage is blocked.', 'SecurityError'))
const unreadable = async () =>
  new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError('Gone.')) }))

test.each([
  ['opened', { open: refused }],
  ['searched', { match: refused }],
  ['read', { match: unreadable }],
  ['written', { put: refused }],
])('a cache that cannot be %s costs only a download', async (_, faults) => {
  const { storage } = memoryCaches(faults)
  expect(await fetchWeights(source, { fetch: serving(weights), caches: storage })).toEqual(weights)
})

test('a server that is down, lacks the file, or never stops sending is reported', async () => {
  const problemWith = (fetch: Network['fetch']) =>
    fetchWeights(source, { fetch }).catch(({ problem }) => problem)
  const down = async () => Promise.reject(new TypeError('fetch failed'))
  expect(await problemWith(down)).toMatchObject({ code: 'model-download-interrupted' })
  const missing = async () => new Response('Not here', { status: 404, statusText: 'Not Found' })
  expect(await problemWith(missing)).toMatchObject({ code: 'model-unavailable', found: 'HTTP 404 Not Found' })
  const endless = serving(new Uint8Array(2e6))
  expect(await problemWith(endless)).toMatchObject({ code: 'model-too-large' })
})

test('a cancelled download rejects with AbortError', async () => {
  const signal = AbortSignal.abort()
  const fetch = async (_: unknown, init?: RequestInit) => {
    init?.signal?.throwIfAborted()
    return new Response(weights)
  }
  await expect(fetchWeights(source, { fetch }, { signal })).rejects.toMatchObject({ name: 'AbortError' })
})
