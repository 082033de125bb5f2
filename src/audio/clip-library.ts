/**
 * Owns the sample arrays. The store and the page hold ids and plain values, and get the samples (for the player, an
 * export, a measurement) or their peaks from here. A clip stays until it is removed.
 */
import { buildPeakPyramid, type PeakPyramid, peaksBetween, type WaveformPeaks } from './waveform-peaks.ts'

/** Mono audio; `samples` are nominally in [-1, 1]. Nobody writes to `samples` once a library has the clip. */
export type Clip = { readonly samples: Float32Array<ArrayBuffer>; readonly sampleRateHz: number }

type Entry = { readonly clip: Clip; pyramid?: PeakPyramid }

export class ClipLibrary {
  readonly #entries = new Map<string, Entry>()
  #added = 0

  /** Keeps `clip` without copying it. Ids are never reused. */
  add(clip: Clip): string {
    this.#added += 1
    const id = `clip-${this.#added}`
    this.#entries.set(id, { clip })
    return id
  }

  has(id: string): boolean {
    return this.#entries.has(id)
  }

  /**
   * Throws for an id that was removed or never returned by `add`, which is a defect of the caller, not a problem of the
   * user.
   */
  get(id: string): Clip {
    return this.#entry(id).clip
  }

  remove(id: string): void {
    this.#entries.delete(id)
  }

  /**
   * Smallest and largest sample in each of `columns` equal slices of [startSeconds, endSeconds), exact at any zoom; 0
   * outside the clip. After the first call for a clip, the cost depends on the columns, not on the samples.
   */
  peaks(id: string, startSeconds: number, endSeconds: number, columns: number): WaveformPeaks {
    const entry = this.#entry(id)
    entry.pyramid ??= buildPeakPyramid(entry.clip.samples)
    const rate = entry.clip.sampleRateHz
    return peaksBetween(entry.pyramid, startSeconds * rate, endSeconds * rate, columns)
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id)
    if (!entry) throw new Error(`The library has no clip ${id}.`)
    return entry
  }
}
