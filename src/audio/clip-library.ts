/**
 * Where sample arrays live. The store and the page hold ids and plain values; whoever needs the samples (the player, an
 * export, a measurement) or a picture of them asks here. What was added stays until it is removed.
 */
import { buildPeakPyramid, type PeakPyramid, peaksBetween, type WaveformPeaks } from './waveform-peaks.ts'

/** Mono audio; `samples` nominally in [-1, 1]. Neither side writes into `samples` once a library has the clip. */
export type Clip = { readonly samples: Float32Array<ArrayBuffer>; readonly sampleRateHz: number }

type Entry = { readonly clip: Clip; pyramid?: PeakPyramid }

export class ClipLibrary {
  readonly #entries = new Map<string, Entry>()
  #added = 0

  /** Keeps `clip` without copying it. Ids are never given twice. */
  add(clip: Clip): string {
    this.#added += 1
    const id = `clip-${this.#added}`
    this.#entries.set(id, { clip })
    return id
  }

  has(id: string): boolean {
    return this.#entries.has(id)
  }

  /** Throws for an id that was removed or never given: a defect of the caller, not a problem of the user. */
  get(id: string): Clip {
    return this.#entry(id).clip
  }

  remove(id: string): void {
    this.#entries.delete(id)
  }

  /**
   * Smallest and largest sample in each of `columns` equal slices of [startSeconds, endSeconds), exact at any zoom; 0 where
   * a slice lies outside the clip. Costs the columns, not the samples, after the first call for a clip.
   */
  peaks(id: string, startSeconds: number, endSeconds: number, columns: number): WaveformPeaks {
    const entry = this.#entry(id)
    entry.pyramid ??= buildPeakPyramid(entry.clip.samples)
    const rate = entry.clip.sampleRateHz
    return peaksBetween(entry.pyramid, startSeconds * rate, endSeconds * rate, columns)
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id)
    if (!entry) throw new Error(`No clip ${id} in the library.`)
    return entry
  }
}
