/** The takes on the page. */
import type { Audio, WavEncoding } from '../../analysis/analysis.ts'
import type { DownloadFile } from '../download-file.ts'
import type { Source } from '../source/source-state.ts'
import type { Take } from './take.ts'

export type TakesState = {
  /** The current takes in the order of `systems`, then the kept ones in the order in which they were kept. */
  readonly all: readonly Take[]
  /** The kept take that was removed last and can be restored, with its name. */
  readonly removed?: { readonly take: Take; readonly name: string }
  /** Name of the file that is being read for comparison; absent otherwise. */
  readonly adding?: string
}

/** A take that was just made, with its samples. */
export type NewTake = Pick<Take, 'system' | 'place' | 'making' | 'fileName' | 'fileRateHz'> & {
  readonly audio: Audio
  readonly source: Source
  /** The figures, which are the most expensive measurement, wait for this promise if it is present. */
  readonly vocoderIdle?: Promise<void>
}

export type TakesActions = {
  /**
   * Adds a take and starts its measurement; returns its id. A current take replaces the one of the same system, which
   * is kept if the user asked for that.
   */
  readonly place: (made: NewTake) => string
  /** Sets whether a current take stays beside its successor, under a name of its own. */
  readonly keep: (takeId: string, keep: boolean) => void
  /** Removes a kept take; it can be restored until the next one is removed or another source is opened. */
  readonly remove: (takeId: string) => void
  readonly restore: () => void
  /** Frees the take that could be restored. */
  readonly forgetRemoved: () => void
  /** Removes a take for good, if it exists. */
  readonly discard: (takeId: string) => void
  /** Reads audio files for comparison, each as a kept take; a rejected file does not affect the others. */
  readonly addFiles: (files: readonly File[]) => Promise<void>
  readonly asWav: (takeId: string, encoding: WavEncoding) => Promise<DownloadFile | undefined>
  /** Returns an archive with all takes and a table of their figures; undefined if there are none. */
  readonly asZip: (encoding: WavEncoding) => Promise<DownloadFile | undefined>
}
