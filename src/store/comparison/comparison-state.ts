/** A grid of clips by systems and steps. A cell is made when it is first asked for, and then played and measured. */
import type { Figures } from '../../analysis/analysis.ts'
import type { PlanClip } from '../../listening/plans/test-plan.ts'
import type { DownloadFile } from '../download-file.ts'
import type { Making } from '../takes/take.ts'

export const comparedSteps = [1, 2, 3, 6] as const
export type ComparedSteps = (typeof comparedSteps)[number]

export type ComparedSystem = 'no-network' | 'wavegrad' | 'infergrad' | 'griffin-lim' | 'recording'

export type GridColumn = {
  readonly id: string
  readonly system: ComparedSystem
  /** 0 for systems without steps. */
  readonly steps: ComparedSteps | 0
}

export type GridClip = {
  readonly id: string
  readonly title: string
  readonly clip: PlanClip
  /** What there is of a recording that cannot be heard: its magnitudes or nothing. Absent if it can, or for the user's own clip. */
  readonly unheard?: 'magnitudes' | 'none'
}

/** `against` says what the figures were measured against; with magnitudes alone there are LSD and the mel error. */
export type CellFigures = Partial<Figures> & { readonly against: 'recording' | 'magnitudes' | 'mel' }

export type GridCell = {
  readonly state: 'waiting' | 'making' | 'done' | 'failed'
  /** Progress, 0..1. */
  readonly fraction: number
  /** Id of the audio in the clip library; absent for a recording of which only the magnitudes are published. */
  readonly audioId?: string
  readonly spectrogramId?: string
  readonly peakDb?: number
  readonly loudnessLufs?: number
  readonly making?: Making
  readonly figures?: CellFigures
}

export type ComparisonState = {
  /** The keys are those of `cellKey`; a cell that was never asked for is absent. */
  readonly cells: Readonly<Record<string, GridCell>>
  /** Present while cells are being made: how many of those that were asked for are done. */
  readonly filling?: { readonly done: number; readonly total: number }
  /** Key of the cell that was asked for last, which plays, or will once it is made. */
  readonly selected?: string
  readonly playing: boolean
}

export type ComparisonActions = {
  /** Makes the cell if needed, and plays it. Cells of one clip share a clock, so switching keeps the position. */
  readonly playCell: (key: string) => Promise<void>
  /** Pauses, and does not play the cell that was asked for last if it is still being made. */
  readonly pauseCells: () => void
  /** Makes all missing cells with the page's seed and corrections. */
  readonly fill: () => Promise<void>
  /** Stops making cells and keeps the finished ones. */
  readonly cancel: () => void
  /** Returns the measured cells and the authors' figures as CSV. */
  readonly asCsv: () => DownloadFile
}
