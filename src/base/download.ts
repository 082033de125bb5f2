/** Downloads that cannot hang: one that makes no progress for 20 seconds ends with an error. */
import { untilCancelled } from './cancellation.ts'
import { isAbort, ProblemError } from './problem.ts'

const stallSeconds = 20

export class DownloadError extends Error {
  /** `stalled` if nothing arrived for 20 seconds, `interrupted` if the connection failed. */
  readonly reason: 'stalled' | 'interrupted'
  readonly loadedBytes: number

  constructor(reason: DownloadError['reason'], loadedBytes: number, options?: ErrorOptions) {
    super(`The download was ${reason} after ${loadedBytes} bytes.`, options)
    this.name = 'DownloadError'
    this.reason = reason
    this.loadedBytes = loadedBytes
  }

  /** The reason and the progress, as text for `Problem.found`. */
  get found(): string {
    if (this.reason === 'interrupted') return `${this.loadedBytes} bytes`
    return `${this.loadedBytes} bytes, then nothing for ${stallSeconds} s`
  }
}

export type DownloadOptions = {
  readonly fetch?: typeof fetch
  readonly init?: RequestInit
  readonly signal?: AbortSignal
  /** Called before the body is read; throws a ProblemError to refuse the response, whose body is then cancelled. */
  readonly onResponse?: (response: Response) => void
  /** Called with the number of bytes so far; throws a ProblemError to end the download. */
  readonly onProgress?: (loadedBytes: number) => void
}

/** Returns the body. Rejects with a DownloadError, an AbortError, or the ProblemError of a callback. */
export async function download(url: URL, options: DownloadOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { fetch: send = fetch, init, signal, onResponse, onProgress } = options
  const stall = new StallTimer()
  const ended = signal ? AbortSignal.any([signal, stall.signal]) : stall.signal
  let loadedBytes = 0
  let reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined
  try {
    const response = await untilCancelled(send(url, { ...init, signal: ended }), ended)
    reader = response.body?.getReader()
    onResponse?.(response)
    if (!reader) return new Uint8Array()
    const parts: Uint8Array<ArrayBuffer>[] = []
    for (;;) {
      stall.restart()
      const { done, value } = await untilCancelled(reader.read(), ended)
      if (done) return joined(parts, loadedBytes)
      parts.push(value)
      loadedBytes += value.length
      onProgress?.(loadedBytes)
    }
  } catch (thrown) {
    // A stalled body may never confirm that it was cancelled.
    reader?.cancel().catch(() => {})
    if (stall.signal.aborted) throw new DownloadError('stalled', loadedBytes, { cause: thrown })
    if (isAbort(thrown) || thrown instanceof ProblemError) throw thrown
    throw new DownloadError('interrupted', loadedBytes, { cause: thrown })
  } finally {
    stall.end()
  }
}

/** Aborts its signal when it has not been restarted for too long. */
class StallTimer {
  readonly #controller = new AbortController()
  #timer = this.#start()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  restart(): void {
    clearTimeout(this.#timer)
    this.#timer = this.#start()
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  #start() {
    return setTimeout(() => this.#controller.abort(), stallSeconds * 1000)
  }
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
