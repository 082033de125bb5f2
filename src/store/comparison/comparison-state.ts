/** The paper's comparison: both models at 2, 3 and 6 steps on one clip. */
import type { DownloadFile } from '../download-file.ts'

export const comparedSteps = [2, 3, 6] as const
export type ComparedSteps = (typeof comparedSteps)[number]

export type ComparisonRow = {
  readonly system: 'wavegrad' | 'infergrad' | 'no-network'
  /** Number of steps; 0 for the take without a network. */
  readonly steps: ComparedSteps | 0
  readonly state: 'waiting' | 'loading' | 'running' | 'done' | 'failed'
  /** Progress, 0..1. */
  readonly fraction: number
  /**
   * The id of the kept take that this row made and whose figures it shows. The user may have removed the take since.
   */
  readonly takeId?: string
}

export type ComparisonState = {
  /** The rows for the page's source; empty before the first run on it. */
  readonly rows: readonly ComparisonRow[]
  /** Whether the comparison is making takes. */
  readonly running: boolean
}

export type ComparisonActions = {
  /**
   * Makes the missing takes with the page's seed and corrections, including the take without a network if the settings
   * ask for it. Takes that it made before with the same settings stay.
   */
  readonly run: () => Promise<void>
  /** Ends the run and keeps the finished rows. */
  readonly cancel: () => void
  /** Returns the measured rows and the authors' figures as CSV. */
  readonly asCsv: () => DownloadFile | undefined
}
