/** The rows and columns of the comparison grid, and its figures as means over clips. */
import type { Figures } from '../../analysis/analysis.ts'
import type { PageState } from '../state.ts'
import { modelsOfSize, type Settings } from '../synthesis/settings.ts'
import {
  type CellFigures,
  type ComparedSteps,
  type ComparisonState,
  comparedSteps,
  type GridCell,
  type GridClip,
  type GridColumn,
} from './comparison-state.ts'

export const openClipId = 'open'

export const cellKey = (clip: Pick<GridClip, 'id'>, column: Pick<GridColumn, 'id'>) =>
  `${clip.id} ${column.id}`

export const clipIdOf = (key: string) => key.split(' ')[0]

/** Returns the bundled examples, and before them the open clip if it is the user's own. */
export function gridClips({
  source,
}: {
  readonly source: Pick<PageState['source'], 'current' | 'examples'>
}): readonly GridClip[] {
  const { current, examples } = source
  const own: readonly GridClip[] =
    current && !current.exampleId ? [{ id: openClipId, title: current.title, clip: { kind: 'source' } }] : []
  return [
    ...own,
    ...examples.map(
      ({ id, title, audio, reference }): GridClip => ({
        id,
        title,
        clip: { kind: 'example', exampleId: id },
        ...(!audio && { unheard: reference ? 'magnitudes' : 'none' }),
      }),
    ),
  ]
}

/** Returns the columns: those of the models have the steps for which the model of the chosen size has a schedule. */
export function gridColumns({
  models,
  synthesis,
}: {
  readonly models: Pick<PageState['models'], 'all'>
  readonly synthesis: { readonly settings: Pick<Settings, 'size'> }
}): readonly GridColumn[] {
  const ofSize = modelsOfSize(models.all, synthesis.settings.size)
  const ofModels = ofSize.flatMap(({ objective, schedules }) =>
    comparedSteps
      .filter((steps) => Object.hasOwn(schedules, `${steps}`))
      .map((steps: ComparedSteps): GridColumn => ({ id: `${objective}-${steps}`, system: objective, steps })),
  )
  const without = (system: 'no-network' | 'griffin-lim' | 'recording'): GridColumn => ({
    id: system,
    system,
    steps: 0,
  })
  return [
    ...(ofModels.length > 0 ? [without('no-network')] : []),
    ...ofModels,
    without('griffin-lim'),
    without('recording'),
  ]
}

export type ColumnFigures = {
  readonly column: GridColumn
  readonly figures: CellFigures
  /** Mean over the clips for which it is known. */
  readonly realTimeFactor?: number
  /** The cell to hear if the figures are of one clip. */
  readonly cell?: GridCell
}

/** Returns the figures of one clip, per measured column. */
export function figuresOfClip(
  clip: GridClip,
  columns: readonly GridColumn[],
  { cells }: Pick<ComparisonState, 'cells'>,
): readonly ColumnFigures[] {
  return columns.flatMap((column) => {
    const cell = cells[cellKey(clip, column)]
    if (!cell?.figures) return []
    return [{ column, figures: cell.figures, cell, realTimeFactor: cell.making?.realTimeFactor }]
  })
}

/**
 * Returns the means over the clips for which every column that has figures at all has them, so that all means are over
 * the same clips; with the number of these clips. A figure that one of the clips lacks is left out.
 */
export function meanFigures(
  clips: readonly GridClip[],
  columns: readonly GridColumn[],
  { cells }: Pick<ComparisonState, 'cells'>,
): { readonly clips: number; readonly rows: readonly ColumnFigures[] } {
  const figuresOf = (clip: GridClip, column: GridColumn) => cells[cellKey(clip, column)]?.figures
  const measured = columns.filter((column) => clips.some((clip) => figuresOf(clip, column)))
  const complete = clips.filter((clip) => measured.every((column) => figuresOf(clip, column)))
  const rows = measured.map((column): ColumnFigures => {
    const all = complete.flatMap((clip) => figuresOf(clip, column) ?? [])
    const factors = complete.map((clip) => cells[cellKey(clip, column)]?.making?.realTimeFactor)
    const names = ['lsdDb', 'mrstft', 'hfDb', 'mcd13Db', 'stoi', 'levelDb', 'melMae'] as const
    const means: { -readonly [Name in keyof Figures]?: number } = {}
    for (const name of names) {
      const mean = meanOf(all.map((one) => one[name]))
      if (mean !== undefined) means[name] = mean
    }
    const against = all.every((one) => one.against === all[0].against) ? (all[0]?.against ?? 'mel') : 'mel'
    return { column, figures: { ...means, against }, realTimeFactor: meanOf(factors) }
  })
  return { clips: complete.length, rows: complete.length > 0 ? rows : [] }
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  if (known.length < values.length || known.length === 0) return undefined
  return known.reduce((sum, value) => sum + value, 0) / known.length
}
