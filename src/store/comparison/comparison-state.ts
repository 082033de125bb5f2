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
  /** Of the kept take that it made; its figures are the take's. It may have been removed since. */
  readonly takeId?: string
}

export type ResultsSlice = {
  /** Of the source on the page. */
  readonly comparison?: readonly ComparisonRow[]
  /** While takes are made for it. */
  readonly isComparing: boolean
  /**
   * Makes the takes that are missing, with the page's seed and corrections, and the take without a network where the settings
   * want one; those that it made before with the same stay.
   */
  readonly compareSteps: () => Promise<void>
  /** Keeps what is done. */
  readonly cancelComparison: () => void
  readonly clearComparison: () => void
  /** The rows that are measured and the authors', CSV. */
  readonly comparisonAsCsv: () => DownloadFile | undefined
}
