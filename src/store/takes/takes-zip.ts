/** Packs takes into one archive: a WAV file of each, and a table of how they were made and of their figures. */
import { downloadZip } from 'client-zip'
import { csvText } from '../../base/csv.ts'
import { correctionsCells, correctionsColumns } from '../../base/mel-corrections.ts'
import { figureCells, figureColumns } from '../figure-columns.ts'
import { fileNameOf } from '../file-names.ts'
import type { Source } from '../source/source-state.ts'
import type { Take } from './take.ts'
import { takeNames } from './takes.ts'

const header = [
  'file',
  'name',
  'model',
  'betas',
  ...correctionsColumns,
  'seed',
  'duration_seconds',
  'real_time_factor',
  'loudness_lufs',
  'measured_against',
  ...figureColumns,
]

/** @param wavOf encodes the samples of a take. Rejects as `wavOf` does. */
export async function takesZip(
  source: Source,
  takes: readonly Take[],
  wavOf: (take: Take) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Blob> {
  const names = takeNames(takes)
  const stems = uniqueStems(source, takes)
  const rows = takes.map((take, index) => [
    `${stems[index]}.wav`,
    names.get(take.id),
    take.making?.modelId,
    take.making?.betas?.join(' '),
    ...correctionsCells(take.making?.corrections),
    take.making?.seed,
    take.durationSeconds,
    take.making?.realTimeFactor,
    take.loudnessLufs,
    take.quality?.against,
    ...figureCells(take.quality),
  ])
  const lastModified = new Date()
  async function* entries() {
    // The byte order mark tells spreadsheets that the text is UTF-8.
    yield { name: 'takes.csv', input: `\ufeff${csvText([header, ...rows])}`, lastModified }
    for (const [index, take] of takes.entries())
      yield { name: `${stems[index]}.wav`, input: await wavOf(take), lastModified }
  }
  return await downloadZip(entries()).blob()
}

/** Returns a file name per take; two takes of the same settings get a number. */
function uniqueStems(source: Source, takes: readonly Take[]): readonly string[] {
  const taken = new Set<string>()
  return takes.map((take) => {
    const wanted = fileNameOf(source, take)
    let stem = wanted
    for (let copy = 2; taken.has(stem); copy++) stem = `${wanted}-${copy}`
    taken.add(stem)
    return stem
  })
}
