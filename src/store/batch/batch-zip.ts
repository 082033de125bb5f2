/**
 * Packs all results of a batch into one archive, without compression, because noise does not compress. Only one file at
 * a time is in memory; the finished part becomes a blob, which browsers keep on the disk if it is large.
 */
import { makeZip } from 'client-zip'
import { abortError } from '../../base/problem.ts'
import type { FileStore } from '../../storage/file-store.ts'
import { archiveStems, folderName } from './archive-names.ts'
import { batchCsv } from './batch-csv.ts'
import type { BatchItem } from './batch-state.ts'

const blobPartBytes = 4 * 2 ** 20

type Options = {
  readonly signal: AbortSignal
  /** Receives the number of WAVs already in the archive, out of `total`. */
  readonly onProgress: (done: number, total: number) => void
}

/** Makes the archive. Rejects with an AbortError if cancelled. */
export async function batchZip(
  files: FileStore,
  items: readonly BatchItem[],
  { signal, onProgress }: Options,
): Promise<Blob> {
  const stems = archiveStems(items)
  const made = items.flatMap(({ id, outputs }) =>
    outputs.flatMap(({ result }) => (result ? [{ ...result, stem: stems.get(id) }] : [])),
  )
  const lastModified = new Date()

  async function* entries() {
    // The byte order mark tells spreadsheets that the text is UTF-8.
    yield { name: 'figures.csv', input: `\ufeff${batchCsv(items)}`, lastModified }
    for (const [done, { keptAs, planned, stem }] of made.entries()) {
      onProgress(done, made.length)
      const wav = await files.read(keptAs)
      if (wav) yield { name: `${folderName(planned)}/${stem}.wav`, input: wav, lastModified }
    }
    onProgress(made.length, made.length)
  }

  const parts: Blob[] = []
  let chunks: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = makeZip(entries()).getReader()
  for (;;) {
    if (signal.aborted) {
      await reader.cancel().catch(() => undefined)
      throw abortError()
    }
    const { done, value } = await reader.read()
    if (value) {
      chunks.push(value.slice())
      bytes += value.length
    }
    if (done || bytes >= blobPartBytes) {
      parts.push(new Blob(chunks))
      chunks = []
      bytes = 0
    }
    if (done) return new Blob(parts, { type: 'application/zip' })
  }
}
