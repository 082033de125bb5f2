/** The comparison as an RFC 4180 table: one row per system and number of steps, followed by the authors' figures. */
import { csvText } from '../../base/csv.ts'
import { figureCells, figureColumns } from '../figure-columns.ts'
import { systemNames } from '../synthesis/systems.ts'
import type { Take } from '../takes/take.ts'
import { authorsClips, authorsSystems } from './authors-figures.ts'
import { type ComparisonRow, comparedSteps } from './comparison-state.ts'

const header = [
  'made_by',
  'system',
  'steps',
  'clips',
  'clip',
  'model',
  'betas',
  'corrections',
  'corrections_momentum',
  'seed',
  'backend',
  'elapsed_seconds',
  'real_time_factor',
  'measured_against',
  ...figureColumns,
]

/** @param clip name of the clip from which the takes were made. */
export function comparisonCsv(rows: readonly ComparisonRow[], takes: readonly Take[], clip: string): string {
  const own = rows.flatMap(({ system, steps, takeId }) => {
    const take = takes.find(({ id }) => id === takeId)
    if (!take) return []
    const { making, quality } = take
    return [
      [
        'this machine',
        systemNames[system],
        steps,
        1,
        clip,
        making?.modelId,
        making?.betas?.join(' '),
        making?.corrections?.count,
        making?.corrections?.momentum,
        making?.seed,
        making?.backend,
        making?.elapsedSeconds,
        making?.realTimeFactor,
        quality?.against,
        ...figureCells(quality),
      ],
    ]
  })
  const theirs = authorsSystems.flatMap(({ name, bySteps }) =>
    comparedSteps.flatMap((steps) => {
      const figures = bySteps[steps]
      if (!figures) return []
      return [
        [
          'the authors',
          name,
          steps,
          authorsClips,
          'LJ001-0001 -0002 -0003 -0017 -0019 -0024',
          ...Array<undefined>(8).fill(undefined),
          'recording',
          ...figureCells({ against: 'recording', figures }),
        ],
      ]
    }),
  )
  return csvText([header, ...own, ...theirs])
}
