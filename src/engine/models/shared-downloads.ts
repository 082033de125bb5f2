/** Downloads for which several jobs may wait at once. Each is made once, and is cancelled when no job waits for it. */
import { untilCancelled } from '../../base/cancellation.ts'
import type { CallOptions, LoadProgress } from '../vocoder-engine.ts'

type Download<Files> = (id: string, options: CallOptions<LoadProgress>) => Promise<Files>

type Running<Files> = {
  readonly files: Promise<Files>
  readonly controller: AbortController
  readonly waiting: Set<CallOptions<LoadProgress>>
}

export class SharedDownloads<Files> {
  readonly #download: Download<Files>
  readonly #running = new Map<string, Running<Files>>()

  constructor(download: Download<Files>) {
    this.#download = download
  }

  /** Joins the download of `id` if there is one. Rejects as the download does, or with an AbortError. */
  async get(id: string, options: CallOptions<LoadProgress> = {}): Promise<Files> {
    const { files, controller, waiting } = this.#running.get(id) ?? this.#start(id)
    const waiter = { ...options }
    waiting.add(waiter)
    try {
      return await untilCancelled(files, options.signal)
    } finally {
      waiting.delete(waiter)
      if (waiting.size === 0) {
        // A job that comes now must not join a download that is being cancelled.
        this.#running.delete(id)
        controller.abort()
      }
    }
  }

  #start(id: string): Running<Files> {
    const controller = new AbortController()
    const waiting: Running<Files>['waiting'] = new Set()
    const files = this.#download(id, {
      signal: controller.signal,
      onProgress(progress) {
        for (const { onProgress } of waiting) onProgress?.(progress)
      },
    })
    const running = { files, controller, waiting }
    this.#running.set(id, running)
    const forget = () => {
      if (this.#running.get(id) === running) this.#running.delete(id)
    }
    files.then(forget, forget)
    return running
  }
}
