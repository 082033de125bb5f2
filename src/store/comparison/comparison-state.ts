/** Both models at 2, 3 and 6 steps on one clip: the paper's comparison. */
import type { DownloadFile } from '../download-file.ts'

export const comparedSteps = [2, 3, 6] as const
export type ComparedSteps = (typeof comparedSteps)[number]

export type ComparisonRow = {
  readonly system: 'wavegrad' | 'infergrad' | 'no-network'
  /** 0 without a network, which has no steps. */
  readonly steps: ComparedSteps | 0
  readonly state: 'waiting' | 'loading' | 'running' | 'done' | 'failed'
  /** 0..1 */
  readonly fraction: number
  /** The id of the kept take that it made, whose figures are its own. The take may have been removed since. */
  readonly takeId?: string
}

export type ComparisonState = {
  /** The rows of the source on the page; none before the first run on it. */
  readonly rows: readonly ComparisonRow[]
  /** Whether takes are being made for it. */
  readonly running: boolean
}

export type ComparisonActions = {
  /**
   * Makes the takes that are missing, with the page's seed and corrections, and the take without a network where the settings
   * want one; those that it made before with the same stay.
   */
  readonly run: () => Promise<void>
  /** Ends the run and keeps what is done. */
  readonly cancel: () => void
  /** The rows that are measured and the authors', CSV. */
  readonly asCsv: () => DownloadFile | undefined
}
