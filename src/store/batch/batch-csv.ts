/** The results of a batch as an RFC 4180 table: one row per file and system, with the data to reproduce each output. */
import { type CsvCell, csvText } from '../../base/csv.ts'
import { correctionsCells, correctionsColumns } from '../../base/mel-corrections.ts'
import { figureCells, figureColumns } from '../figure-columns.ts'
import { archiveStems, folderName } from './archive-names.ts'
import type { BatchItem, BatchOutput } from './batch-state.ts'

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
  ...correctionsColumns,
  'seed',
  'backend',
  'wav',
  'sample_rate_hz',
  'audio_sha256',
  'elapsed_seconds',
  'real_time_factor',
  'loudness_lufs',
  'measured_against',
  ...figureColumns,
  'problem',
]

/** Returns the table. Rejected files have a row with the reason; waiting files have none. Lines end in CR LF. */
export function batchCsv(items: readonly BatchItem[]): string {
  const stems = archiveStems(items)
  const rows = items.flatMap((item) => {
    const settled = item.outputs.filter(({ state }) => state === 'done' || state === 'failed')
    if (settled.length > 0) return settled.map((output) => rowOf(item, output, stems.get(item.id) ?? ''))
    return item.state === 'refused' ? [rowOf(item, undefined, '')] : []
  })
  return csvText([header, ...rows])
}

function rowOf(item: BatchItem, output: BatchOutput | undefined, stem: string): readonly CsvCell[] {
  const { result, problem = item.problem } = output ?? {}
  const { planned, making, quality } = result ?? {}
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
    ...correctionsCells(planned?.corrections),
    planned?.seed,
    making?.backend,
    planned && `${folderName(planned)}/${stem}.wav`,
    result?.sampleRateHz,
    result?.audioSha256,
    making?.elapsedSeconds,
    making?.realTimeFactor,
    result?.loudnessLufs,
    quality?.against,
    ...figureCells(quality),
    result && !output?.problem ? undefined : problem?.message,
  ]
}
