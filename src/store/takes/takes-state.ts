/** The takes on the page. */
import type { Audio, WavEncoding } from '../../analysis/analysis.ts'
import type { DownloadFile } from '../download-file.ts'
import type { Source } from '../source/source-state.ts'
import type { Take } from './take.ts'

export type TakesState = {
  /** The current ones in the order of `systems`, then the kept ones in the order in which they were kept. */
  readonly all: readonly Take[]
  /** The kept take that was taken away last and can be had back, as it was called. */
  readonly removed?: { readonly take: Take; readonly name: string }
  /** Names the file that is being read to be put beside the takes. */
  readonly adding?: string
}

/** A take that was just made, with its samples. */
export type NewTake = Pick<Take, 'system' | 'place' | 'making' | 'fileName' | 'fileRateHz'> & {
  readonly audio: Audio
  readonly source: Source
  /** Its figures, which cost most, are measured once this resolves; at once where it is absent. */
  readonly vocoderIdle?: Promise<void>
}

export type TakesActions = {
  /**
   * Puts a take on the page and begins to measure it; returns its id. A current one takes the place of the one of the same
   * system, which is kept where that was asked for.
   */
  readonly place: (made: NewTake) => string
  /** Says whether a current take stays beside its successor, under a name of its own. */
  readonly keep: (takeId: string, keep: boolean) => void
  /** Takes a kept take away; until the next one goes, or another source is opened, it can be had back. */
  readonly remove: (takeId: string) => void
  readonly restore: () => void
  /** Forgets the one that could be had back. */
  readonly forgetRemoved: () => void
  /** Takes a take away for good, where there is such a one. */
  readonly discard: (takeId: string) => void
  /** Reads audio to compare, each file a kept take; one that is refused costs only itself. */
  readonly addFiles: (files: readonly File[]) => Promise<void>
  readonly asWav: (takeId: string, encoding: WavEncoding) => Promise<DownloadFile | undefined>
}
