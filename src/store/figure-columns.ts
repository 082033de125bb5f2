/** The figures as columns of a table, each with its unit in its name. */
import type { Figures } from '../analysis/analysis.ts'
import type { Quality } from './takes/take.ts'

const columns = [
  ['mel_mae_nats', 'melMae'],
  ['lsd_db', 'lsdDb'],
  ['mr_stft', 'mrstft'],
  ['mcd_db', 'mcd13Db'],
  ['stoi', 'stoi'],
  ['hf_db', 'hfDb'],
  ['level_db', 'levelDb'],
] as const

export const figureColumns: readonly string[] = columns.map(([column]) => column)

/** Returns one cell per column; a figure that was not measured has none. */
export function figureValues(figures: Partial<Figures>): readonly (number | undefined)[] {
  return columns.map(([, name]) => figures[name])
}

/** Returns one cell per column; without a recording, the mel error and the distance to its magnitudes may have a value. */
export function figureCells(quality: Quality | undefined): readonly (number | undefined)[] {
  if (quality?.against === 'recording') return figureValues(quality.figures)
  return figureValues(quality ? { melMae: quality.melErrorNats, lsdDb: quality.lsdDb } : {})
}
