import { expect, test } from 'vitest'
import type { GridCell, GridClip, GridColumn } from './comparison-state.ts'
import { gridClips, meanFigures } from './grid.ts'

const clips: readonly GridClip[] = ['a', 'b', 'c'].map((id) => ({ id, title: id, clip: { kind: 'source' } }))
const columns: readonly GridColumn[] = [
  { id: 'wavegrad-2', system: 'wavegrad', steps: 2 },
  { id: 'infergrad-2', system: 'infergrad', steps: 2 },
  { id: 'recording', system: 'recording', steps: 0 },
]
const cell = (figures: GridCell['figures']): GridCell => ({ state: 'done', fraction: 1, figures })

test('means cover the clips with every measured column, and the figures that all of them have', () => {
  const cells = {
    'a wavegrad-2': cell({ against: 'recording', lsdDb: 10, stoi: 0.9 }),
    'a infergrad-2': cell({ against: 'recording', lsdDb: 8, stoi: 0.8 }),
    'b wavegrad-2': cell({ against: 'magnitudes', lsdDb: 12 }),
    'b infergrad-2': cell({ against: 'magnitudes', lsdDb: 9 }),
    'c wavegrad-2': cell({ against: 'magnitudes', lsdDb: 99 }),
    'a recording': cell(undefined),
  }
  const found = meanFigures(clips, columns, { cells })
  expect(found.clips).toBe(2)
  expect(found.rows.map(({ column, figures }) => [column.id, figures.lsdDb, figures.stoi])).toEqual([
    ['wavegrad-2', 11, undefined],
    ['infergrad-2', 8.5, undefined],
  ])
})

test('there are no means where no clip is complete', () => {
  const cells = {
    'a wavegrad-2': cell({ against: 'recording', lsdDb: 10 }),
    'b infergrad-2': cell({ against: 'recording', lsdDb: 8 }),
  }
  expect(meanFigures(clips, columns, { cells })).toEqual({ clips: 0, rows: [] })
})

test('the grid knows what cannot be heard of a recording before anyone asks for it', () => {
  const example = { title: '', voice: '', language: 'en', text: '', mel: 'a.npy', licence: '' }
  const examples = [
    { ...example, id: 'heard', audio: 'a.wav' },
    { ...example, id: 'seen', reference: 'a.npz' },
    { ...example, id: 'neither' },
  ]
  const found = gridClips({ source: { current: undefined, examples } })
  expect(found.map(({ id, unheard }) => [id, unheard])).toEqual([
    ['heard', undefined],
    ['seen', 'magnitudes'],
    ['neither', 'none'],
  ])
})
