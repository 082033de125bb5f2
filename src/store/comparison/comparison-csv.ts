/** The grid as an RFC 4180 table: one row per measured cell, followed by the authors' figures. */
import { csvText } from '../../base/csv.ts'
import { correctionsCells, correctionsColumns } from '../../base/mel-corrections.ts'
import { figureColumns, figureValues } from '../figure-columns.ts'
import { systemNames } from '../synthesis/systems.ts'
import { authorsClips, authorsRows } from './authors-figures.ts'
import type { ComparisonState, GridClip, GridColumn } from './comparison-state.ts'

const header = [
  'made_by',
  'system',
  'steps',
  'clips',
  'clip',
  'model',
  'betas',
  ...correctionsColumns,
  'seed',
  'backend',
  'elapsed_seconds',
  'real_time_factor',
  'measured_against',
  ...figureColumns,
]

type Place = { readonly key: string; readonly clip: GridClip; readonly column: GridColumn }

export function comparisonCsv(places: readonly Place[], cells: ComparisonState['cells']): string {
  const own = places.flatMap(({ key, clip, column: { system, steps } }) => {
    const { making, figures } = cells[key] ?? {}
    if (!figures) return []
    return [
      [
        'this machine',
        systemNames[system],
        steps,
        1,
        clip.title,
        making?.modelId,
        making?.betas?.join(' '),
        ...correctionsCells(making?.corrections),
        making?.seed,
        making?.backend,
        making?.elapsedSeconds,
        making?.realTimeFactor,
        figures.against,
        ...figureValues(figures),
      ],
    ]
  })
  const theirs = authorsRows.map(({ name, steps, figures }) => [
    'the authors',
    name,
    steps,
    authorsClips,
    'LJ001-0001 -0002 -0003 -0017 -0019 -0024',
    ...Array<undefined>(9).fill(undefined),
    'recording',
    ...figureValues(figures),
  ])
  return csvText([header, ...own, ...theirs])
}
