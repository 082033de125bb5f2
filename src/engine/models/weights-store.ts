/**
 * Downloads a model's weights, checks them and stores them in Cache Storage. Bytes whose SHA-256 differs from the
 * configuration's are never returned or stored, whether they were truncated, belong to an old deployment, or are a
 * proxy's web page.
 */
import { isAbort, ProblemError } from '../../base/problem.ts'
import { sha256Of } from '../../base/sha256.ts'
import type { LoadProgress } from '../vocoder-engine.ts'

export type WeightsSource = {
  readonly url: URL
  /** Lower-case hexadecimal, 64 digits. */
  readonly sha256: string
  /** The total for progress if the server does not state it; also limits the accepted size. */
  readonly expectedBytes: number
  /** The name for messages. */
  readonly file: string
}

export type Network = {
  readonly fetch: typeof fetch
  /** Absent in Node and on insecure pages, where every load is a download. */
  readonly caches?: CacheStorage
}

export type WeightsOptions = {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: LoadProgress) => void
}

const cacheName = 'vocoder-weights'
const retry = 'Check the connection and try again.'

/**
 * Returns complete, checked weights. Rejects with a `model-*` problem, after which a retry makes sense, or with
 * AbortError.
 */
export async function fetchWeights(
  source: WeightsSource,
  network: Network,
  options: WeightsOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const cache = await openCache(network)
  const kept = await readKept(cache, source.url)
  if (kept && (await sha256Of(kept)) === source.sha256) {
    options.onProgress?.({ loadedBytes: kept.length, totalBytes: kept.length })
    return kept
  }
  const bytes = await download(source, network, options)
  const found = await sha256Of(bytes)
  if (found !== source.sha256) {
    throw new ProblemError({
      code: 'model-hash-mismatch',
      message: `${source.file} differs from the published file.`,
      file: source.file,
      found: `${bytes.length} bytes with SHA-256 ${found}`,
      accepted: `SHA-256 ${source.sha256}`,
      remedy: retry,
    })
  }
  // A full disk must not prevent the use of a model.
  await cache?.put(source.url, new Response(bytes)).catch(() => {})
  return bytes
}

/** Browsers may refuse storage or evict it; either costs only a download. */
async function openCache({ caches }: Network): Promise<Cache | undefined> {
  return caches?.open(cacheName).catch(() => undefined)
}

async function readKept(cache: Cache | undefined, url: URL): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const kept = await cache?.match(url)
    return kept && new Uint8Array(await kept.arrayBuffer())
  } catch {
    return undefined
  }
}

async function download(
  source: WeightsSource,
  { fetch }: Network,
  { signal, onProgress }: WeightsOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const interrupted = (loadedBytes: number, cause?: unknown) =>
    new ProblemError(
      {
        code: 'model-download-interrupted',
        message: `The download of ${source.file} was interrupted.`,
        file: source.file,
        found: `${loadedBytes} bytes`,
        remedy: retry,
      },
      { cause },
    )
  const failed = (thrown: unknown, loadedBytes: number) =>
    isAbort(thrown) || thrown instanceof ProblemError ? thrown : interrupted(loadedBytes, thrown)

  // Bypasses the browser's own cache, because a damaged copy there would come back at every retry.
  const response = await fetch(source.url, { signal, cache: 'reload' }).catch((thrown: unknown) => {
    throw failed(thrown, 0)
  })
  if (!response.ok || !response.body) throw unavailable(source.file, response)

  const announced = response.headers.has('content-encoding') ? null : response.headers.get('content-length')
  const totalBytes = Number(announced) || source.expectedBytes
  const maxBytes = 2 * source.expectedBytes + 1e6
  const parts: Uint8Array<ArrayBuffer>[] = []
  let loadedBytes = 0
  const reader = response.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      loadedBytes += value.length
      onProgress?.({ loadedBytes, totalBytes: Math.max(totalBytes, loadedBytes) })
      if (loadedBytes > maxBytes) throw tooLarge(source.file, maxBytes)
    }
  } catch (thrown) {
    await reader.cancel().catch(() => {})
    throw failed(thrown, loadedBytes)
  }
  if (announced !== null && loadedBytes < totalBytes) throw interrupted(loadedBytes)
  return joined(parts, loadedBytes)
}

/** The problem for a response that is not a file; also used for the small files beside the weights. */
export function unavailable(file: string, response: Response): ProblemError {
  return new ProblemError({
    code: 'model-unavailable',
    message: `${file} could not be fetched.`,
    file,
    found: `HTTP ${response.status} ${response.statusText}`.trim(),
    remedy: retry,
  })
}

function tooLarge(file: string, maxBytes: number): ProblemError {
  return new ProblemError({
    code: 'model-too-large',
    message: `${file} is larger than its configuration states.`,
    file,
    accepted: `at most ${Math.round(maxBytes)} bytes`,
    remedy: retry,
  })
}

function joined(parts: readonly Uint8Array[], totalBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(totalBytes)
  let position = 0
  for (const part of parts) {
    bytes.set(part, position)
    position += part.length
  }
  return bytes
}
