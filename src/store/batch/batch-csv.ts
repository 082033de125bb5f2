/** The results of a batch as a table: one row per file and system, RFC 4180, with what it takes to make each again. */
import type { Figures } from '../../analysis/analysis.ts'
import { archiveStems, folderName } from './archive-names.ts'
import type { BatchItem, BatchOutput } from './batch-state.ts'

/** Text, or a number in the unit that the column names. */
type Cell = string | number | undefined

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
  'file',
  'kind',
  'read_as',
  'seconds',
  'system',
  'model',
  'weights_sha256',
  'betas',
  'steps',
  'seed',
  'backend',
  'wav',
  'sample_rate_hz',
  'audio_sha256',
  'elapsed_seconds',
  'real_time_factor',
  'loudness_lufs',
  'measured_against',
  ...figureColumns.map(([column]) => column),
  'problem',
]

/** Files that were refused have a row that says why; those that wait have none. Lines end in CR LF. */
export function batchCsv(items: readonly BatchItem[]): string {
  const stems = archiveStems(items)
  const rows = items.flatMap((item) => {
    const settled = item.outputs.filter(({ state }) => state === 'done' || state === 'failed')
    if (settled.length > 0) return settled.map((output) => rowOf(item, output, stems.get(item.id) ?? ''))
    return item.state === 'refused' ? [rowOf(item, undefined, '')] : []
  })
  return [header, ...rows].map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('')
}

function rowOf(item: BatchItem, output: BatchOutput | undefined, stem: string): readonly Cell[] {
  const { result, problem = item.problem } = output ?? {}
  const { planned, making, quality } = result ?? {}
  const figures = quality?.against === 'recording' ? quality.figures : undefined
  return [
    item.name,
    item.kind,
    item.readAs,
    item.durationSeconds,
    output?.system,
    planned?.modelName ?? planned?.modelId,
    planned?.weightsSha256,
    planned?.betas?.join(' '),
    planned?.betas?.length,
    planned?.seed,
    making?.backend,
    planned && `${folderName(planned)}/${stem}.wav`,
    result?.sampleRateHz,
    result?.audioSha256,
    making?.elapsedSeconds,
    making?.realTimeFactor,
    result?.loudnessLufs,
    quality?.against,
    ...figureColumns.map(([, name]) => {
      if (quality?.against === 'mel') return name === 'melMae' ? quality.melErrorNats : undefined
      return figures?.[name]
    }),
    result && !output?.problem ? undefined : problem?.message,
  ]
}

/** Spreadsheets take text that begins so for a formula: an apostrophe before it makes it text again. */
const formula = /^[=+\-@\t\r]/

function cellText(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(Number(cell.toPrecision(7))) : ''
  const text = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
