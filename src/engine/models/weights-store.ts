/**
 * Downloads a model's weights, checks them and stores them in Cache Storage. Bytes whose SHA-256 differs from the
 * configuration's are never returned or stored, whether they were truncated, belong to an old deployment, or are a
 * proxy's web page.
 */
import { DownloadError, download } from '../../base/download.ts'
import { ProblemError } from '../../base/problem.ts'
import { sha256Of } from '../../base/sha256.ts'
import type { ModelConfig } from '../../model/config.ts'
import type { LoadProgress } from '../vocoder-engine.ts'

export type WeightsSource = Pick<ModelConfig['weights'], 'sha256'> & {
  /** The name for messages. */
  readonly file: string
  readonly url: URL
  /** The total for progress if the server does not state it; also limits the accepted size. */
  readonly expectedBytes: number
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
/** Most reports of a download: each one crosses to the page and renders there. */
const maxReports = 50
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
  const bytes = await downloadWeights(source, network, options)
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

async function downloadWeights(
  { url, file, expectedBytes }: WeightsSource,
  { fetch }: Network,
  { signal, onProgress }: WeightsOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  let statedBytes: number | undefined
  const maxBytes = 2 * expectedBytes + 1e6
  let nextReportBytes = 0
  try {
    const bytes = await download(url, {
      fetch,
      // Bypasses the browser's own cache, because a damaged copy there would come back at every retry.
      init: { cache: 'reload' },
      signal,
      onResponse(response) {
        if (!response.ok || !response.body) throw unavailable(file, response)
        const isEncoded = response.headers.has('content-encoding')
        statedBytes = Number(isEncoded ? 0 : response.headers.get('content-length')) || undefined
      },
      onProgress(loadedBytes) {
        const totalBytes = Math.max(statedBytes ?? expectedBytes, loadedBytes)
        if (loadedBytes >= nextReportBytes || loadedBytes === totalBytes) {
          nextReportBytes = loadedBytes + totalBytes / maxReports
          onProgress?.({ loadedBytes, totalBytes })
        }
        if (loadedBytes > maxBytes) throw tooLarge(file, maxBytes)
      },
    })
    if (statedBytes && bytes.length < statedBytes) throw new DownloadError('interrupted', bytes.length)
    return bytes
  } catch (thrown) {
    throw thrown instanceof DownloadError ? failedDownload(file, thrown) : thrown
  }
}

/** The problem of a download that ended early; also used for the small files beside the weights. */
export function failedDownload(file: string, error: DownloadError): ProblemError {
  const { reason, found } = error
  const verb = reason === 'stalled' ? 'stalled' : 'was interrupted'
  return new ProblemError(
    {
      code: `model-download-${reason}`,
      message: `The download of ${file} ${verb}.`,
      file,
      found,
      remedy: retry,
    },
    { cause: error },
  )
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
