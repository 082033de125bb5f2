/**
 * Downloads of models, outside of the queue of jobs: weights arrive while the backend starts or a job runs. They are
 * fetched one after the other, in the order of the requests, because two at once would share the connection and the
 * model that was asked for first would arrive later. Requests for a model that is being fetched share its download.
 */
import { untilCancelled } from '../../base/cancellation.ts'
import { JobQueue } from '../job-queue.ts'
import type { CallOptions, LoadProgress } from '../vocoder-engine.ts'
import type { ModelCatalog, ModelFiles } from './models.ts'

type Download = {
  readonly files: Promise<ModelFiles>
  readonly controller: AbortController
  readonly listeners: Set<(progress: LoadProgress) => void>
  /** The number of requests that wait for it. */
  waiting: number
}

export class ModelDownloads {
  readonly #catalog: Pick<ModelCatalog, 'files'>
  readonly #queue = new JobQueue()
  readonly #underWay = new Map<string, Download>()

  constructor(catalog: Pick<ModelCatalog, 'files'>) {
    this.#catalog = catalog
  }

  /**
   * Rejects as `ModelCatalog.files` does. A download whose requests have all been cancelled is ended.
   */
  async files(id: string, { signal, onProgress }: CallOptions<LoadProgress> = {}): Promise<ModelFiles> {
    const download = this.#underWay.get(id) ?? this.#begin(id)
    download.waiting++
    if (onProgress) download.listeners.add(onProgress)
    try {
      return await untilCancelled(download.files, signal)
    } finally {
      if (onProgress) download.listeners.delete(onProgress)
      if (--download.waiting === 0) this.#end(id, download)
    }
  }

  #begin(id: string): Download {
    const controller = new AbortController()
    const listeners: Download['listeners'] = new Set()
    const options: CallOptions<LoadProgress> = {
      signal: controller.signal,
      onProgress: (progress) => {
        for (const listener of listeners) listener(progress)
      },
    }
    const files = this.#queue.run(() => this.#catalog.files(id, options), controller.signal)
    const download = { files, controller, listeners, waiting: 0 }
    this.#underWay.set(id, download)
    return download
  }

  /** Forgets the download, so that a later request makes another, and ends it if it is not complete. */
  #end(id: string, download: Download): void {
    if (this.#underWay.get(id) === download) this.#underWay.delete(id)
    download.controller.abort()
  }
}
