/** The comparison as a table: one row per system and number of steps, RFC 4180, and the authors' below. */
import type { Figures } from '../../analysis/analysis.ts'
import { systemNames } from '../systems.ts'
import type { Take } from '../take.ts'
import { authorsClips, authorsSystems } from './authors-figures.ts'
import { type ComparisonRow, comparedSteps } from './results-state.ts'

const figureColumns = [
  ['mel_mae_nats', 'melMae'],
  ['lsd_db', 'lsdDb'],
  ['mr_stft', 'mrstft'],
  ['mcd_db', 'mcd13Db'],
  ['stoi', 'stoi'],
  ['hf_db', 'hfDb'],
  ['level_db', 'levelDb'],
] as const satisfies readonly (readonly [string, keyof Figures])[]

const header = [
  'made_by',
  'system',
  'steps',
  'clips',
  'clip',
  'model',
  'betas',
  'seed',
  'backend',
  'elapsed_seconds',
  'real_time_factor',
  'measured_against',
  ...figureColumns.map(([column]) => column),
]

type Cell = string | number | undefined

/** @param clip what the takes were made from. */
export function comparisonCsv(rows: readonly ComparisonRow[], takes: readonly Take[], clip: string): string {
  const own = rows.flatMap(({ system, steps, takeId }) => {
    const take = takes.find(({ id }) => id === takeId)
    if (!take) return []
    const { making, quality } = take
    const figures = quality?.against === 'recording' ? quality.figures : undefined
    const melError = quality?.against === 'mel' ? quality.melErrorNats : undefined
    return [
      [
        'this machine',
        systemNames[system],
        steps,
        1,
        clip,
        making?.modelId,
        making?.betas?.join(' '),
        making?.seed,
        making?.backend,
        making?.elapsedSeconds,
        making?.realTimeFactor,
        quality?.against,
        ...figureColumns.map(([, name]) => figures?.[name] ?? (name === 'melMae' ? melError : undefined)),
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
          ...Array<undefined>(6).fill(undefined),
          'recording',
          ...figureColumns.map(([, figure]) => figures[figure]),
        ],
      ]
    }),
  )
  return [header, ...own, ...theirs].map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('')
}

/** Spreadsheets take text that begins so for a formula: an apostrophe before it makes it text again. */
const formula = /^[=+\-@\t\r]/

function cellText(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(Number(cell.toPrecision(7))) : ''
  const text = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
