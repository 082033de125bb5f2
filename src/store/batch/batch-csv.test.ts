import { expect, test } from 'vitest'
import { archiveStems } from './archive-names.ts'
import { batchCsv } from './batch-csv.ts'
import type { BatchItem } from './batch-state.ts'

/** Parses CSV by the grammar of RFC 4180, section 2, independently of the writer. */
function readCsv(text: string): readonly Record<string, string>[] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2])
    if (match[3] === '\r\n') rows.push([])
  }
  const [header, ...records] = rows.slice(0, -1)
  return records.map((record) => {
    expect(record).toHaveLength(header.length)
    return Object.fromEntries(record.map((value, index) => [header[index], value]))
  })
}

const refused = (name: string, message = 'No.'): BatchItem => ({
  id: name,
  name,
  state: 'refused',
  outputs: [],
  problem: { code: 'x', message },
})

const done: BatchItem = {
  id: '1',
  name: 'a, "quoted"\nname.npy',
  state: 'done',
  kind: 'audio',
  durationSeconds: 1.25,
  outputs: [
    {
      system: 'infergrad',
      state: 'done',
      fraction: 1,
      result: {
        planned: {
          system: 'infergrad',
          modelId: 'infergrad-frames',
          weightsSha256: 'bb',
          betas: [0.1, 0.9],
          corrections: { count: 16, momentum: 0.9, scope: 'all', asked: false },
          seed: 3,
          encoding: 'pcm16',
        },
        keptAs: '1-infergrad.wav',
        making: { elapsedSeconds: 0.5, realTimeFactor: 0.4, seed: 3, backend: 'wasm' },
        sampleRateHz: 22050,
        loudnessLufs: Number.NEGATIVE_INFINITY,
        audioSha256: 'cc',
        quality: {
          against: 'recording',
          figures: {
            melMae: 0.123456789,
            lsdDb: 9,
            mrstft: 1,
            mcd13Db: 4,
            stoi: Number.NaN,
            hfDb: 0,
            levelDb: -1.5,
          },
        },
      },
    },
    { system: 'griffin-lim', state: 'failed', fraction: 0, problem: { code: 'y', message: 'No memory.' } },
  ],
}

test('a row says how an output was made and measured, and is valid by RFC 4180', () => {
  const [made, failed] = readCsv(batchCsv([done]))
  expect(made).toMatchObject({
    file: 'a, "quoted"\nname.npy',
    system: 'infergrad',
    model: 'infergrad-frames',
    weights_sha256: 'bb',
    betas: '0.1 0.9',
    steps: '2',
    corrections: '16',
    corrections_momentum: '0.9',
    corrections_scope: 'all',
    seed: '3',
    backend: 'wasm',
    wav: 'infergrad-frames-2-steps-seed-3/a, -quoted--name.wav',
    audio_sha256: 'cc',
    seconds: '1.25',
    real_time_factor: '0.4',
    loudness_lufs: '',
    measured_against: 'recording',
    mel_mae_nats: '0.1234568',
    stoi: '',
    level_db: '-1.5',
    problem: '',
  })
  expect(failed).toMatchObject({ system: 'griffin-lim', wav: '', problem: 'No memory.' })
})

test('text that a spreadsheet would take for a formula stays text; numbers stay numbers', () => {
  const rows = readCsv(batchCsv(['=1+1', '+a', '-a', '@a', '\ta', 'a=1'].map((name) => refused(name, '=x'))))
  expect(rows.map(({ file }) => file)).toEqual(["'=1+1", "'+a", "'-a", "'@a", "'\ta", 'a=1'])
  expect(rows[0].problem).toBe("'=x")
})

test('files that wait are not in the table', () => {
  expect(readCsv(batchCsv([{ id: '1', name: 'a', state: 'waiting', outputs: [] }]))).toEqual([])
})

test('names are unique and valid in every file system', () => {
  const names = [
    'a.npy',
    'A.wav',
    'a.npz',
    'con.npy',
    '../b.npy',
    '  .wav',
    'ü/:*?.npy',
    `${'x'.repeat(200)}.npy`,
  ]
  const stems = [...archiveStems(names.map((name, id) => ({ ...refused(name), id: String(id) }))).values()]
  expect(stems).toEqual(['a', 'A (2)', 'a (3)', 'con-', '-b', 'file', 'ü----', 'x'.repeat(100)])
})
