import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import type { SynthesisRequest } from '../../engine/vocoder-engine.ts'
import { fakeMelFile } from '../testing/fake-analysis.ts'
import { fakeSpeech, openReadyPage } from '../testing/fake-services.ts'

const asked: SynthesisRequest[] = []

/** Opens a page whose models have the schedules of the fakes: two steps each. */
async function open(change: Parameters<typeof openReadyPage>[0] = {}) {
  asked.length = 0
  return openReadyPage({
    ...change,
    engine: {
      async synthesize(request) {
        asked.push(request)
        return fakeSpeech(request.modelId === 'wavegrad-frames' ? 0.1 : 0.2, 0.006)
      },
      ...change.engine,
    },
  })
}

type Page = Awaited<ReturnType<typeof open>>
const statesOf = ({ page }: Page) =>
  Object.fromEntries(Object.entries(page().comparison.cells).map(([key, { state }]) => [key, state]))
const measured = (page: Page, key: string) =>
  vi.waitFor(() => {
    const figures = page.page().comparison.cells[key]?.figures
    if (!figures) throw new Error('not measured yet')
    return figures
  })

test('a click makes one cell on the seed of the page, and plays it', async () => {
  const page = await open()
  page.actions.synthesis.changeSettings({ seed: 9, steps: '6', scheduleMode: 'shared' })
  await page.actions.comparison.playCell('second wavegrad-2')
  expect(asked.map(({ modelId, betas, seed }) => [modelId, betas, seed])).toEqual([
    ['wavegrad-frames', [0.01, 0.5], 9],
  ])
  expect(statesOf(page)).toEqual({ 'second wavegrad-2': 'done' })
  expect(page.page().comparison).toMatchObject({ selected: 'second wavegrad-2', playing: true })
  page.actions.comparison.pauseCells()
  expect(page.page().comparison.playing).toBe(false)
  await page.actions.comparison.playCell('second wavegrad-2')
  expect(asked, 'nothing is made twice').toHaveLength(1)
  expect(page.page().comparison.playing).toBe(true)
})

test('cells of one clip are on one clock at one loudness; another clip has its own', async () => {
  const page = await open()
  await page.actions.comparison.playCell('second wavegrad-2')
  await page.actions.comparison.playCell('second infergrad-2')
  const { takes } = page.comparisonPlayer
  expect(takes.map(({ id }) => id)).toEqual(['second wavegrad-2', 'second infergrad-2'])
  for (const { samples, gainDb } of takes) expect(samples[0] * 10 ** (gainDb / 20)).toBeCloseTo(0.1)
  expect(page.comparisonPlayer.state.audibleId).toBe('second infergrad-2')
  await page.actions.comparison.playCell('first infergrad-2')
  expect(page.comparisonPlayer.takes.map(({ id }) => id)).toEqual(['first infergrad-2'])
})

test('filling the grid makes every cell once, and the takes of the page stay as they are', async () => {
  const page = await open()
  await page.actions.comparison.playCell('second infergrad-2')
  await page.actions.comparison.fill()
  const columns = ['no-network', 'wavegrad-2', 'infergrad-2', 'griffin-lim', 'recording']
  const expected = ['first', 'second'].flatMap((clip) =>
    columns.map((column) => [`${clip} ${column}`, 'done']),
  )
  expect(statesOf(page)).toEqual(Object.fromEntries(expected))
  expect(asked).toHaveLength(4)
  expect(page.page().comparison.filling).toBeUndefined()
  expect(page.page().takes.all).toEqual([])
})

test('the figures are those that the clip allows: all with a recording, otherwise the distance to published magnitudes or the mel error', async () => {
  const page = await open()
  const { examples } = page.page().source
  await page.actions.comparison.playCell('second infergrad-2')
  await page.actions.comparison.playCell('first infergrad-2')
  expect(await measured(page, 'second infergrad-2')).toMatchObject({
    against: 'recording',
    lsdDb: 10,
    stoi: 0.9,
  })
  expect(await measured(page, 'first infergrad-2')).toEqual({ against: 'mel', melMae: 0.7 })

  page.change('source', {
    examples: examples.map((one) =>
      one.id === 'first' ? { ...one, reference: 'first-reference.npz' } : one,
    ),
  })
  page.actions.synthesis.changeSettings({ seed: 4 })
  await page.actions.comparison.fill()
  expect(await measured(page, 'first infergrad-2')).toEqual({ against: 'magnitudes', melMae: 0.7, lsdDb: 8 })
  const recording = page.page().comparison.cells['first recording']
  expect(recording).toMatchObject({ state: 'done', spectrogramId: expect.any(String) })
  expect(recording.audioId, 'it can be seen but not heard').toBeUndefined()
})

test('a cancel keeps the finished cells and empties the others, and filling continues from there', async () => {
  const page = await open({
    engine: {
      async synthesize(request, { signal } = {}) {
        asked.push(request)
        if (asked.length === 2) page.actions.comparison.cancel()
        signal?.throwIfAborted()
        return fakeSpeech(0.1)
      },
    },
  })
  await page.actions.comparison.fill()
  expect(statesOf(page)).toEqual({ 'first no-network': 'done', 'first wavegrad-2': 'done' })
  expect(page.page().problems.shown).toEqual([])
  await page.actions.comparison.fill()
  expect(Object.values(statesOf(page)).every((state) => state === 'done')).toBe(true)
  expect(asked).toHaveLength(5)
})

test('a cell that is requested while a cancelled one has not ended yet is made after it', async () => {
  let goOn = () => {}
  const slow = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const page = await open({
    engine: {
      async synthesize(request) {
        asked.push(request)
        await slow
        return fakeSpeech(0.1)
      },
    },
  })
  const first = page.actions.comparison.playCell('second wavegrad-2')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  page.actions.comparison.cancel()
  expect(statesOf(page)).toEqual({})
  const again = page.actions.comparison.playCell('second infergrad-2')
  goOn()
  await Promise.all([first, again])
  expect(statesOf(page)).toEqual({ 'second infergrad-2': 'done' })
  expect(page.page().comparison).toMatchObject({ selected: 'second infergrad-2', playing: true })
  expect(page.page().comparison.filling).toBeUndefined()
})

test('cells of another clip, and cells without sound, do not touch what plays', async () => {
  const page = await open()
  await page.actions.comparison.playCell('second wavegrad-2')
  await page.actions.comparison.fill()
  expect(page.comparisonPlayer.takes.map(({ id }) => id)).toEqual([
    'second no-network',
    'second wavegrad-2',
    'second infergrad-2',
    'second griffin-lim',
    'second recording',
  ])
  expect(page.comparisonPlayer.state).toMatchObject({ playing: true, audibleId: 'second wavegrad-2' })
  page.actions.comparison.pauseCells()
  await page.actions.comparison.playCell('first recording')
  expect(page.page().comparison.playing).toBe(false)
})

test('a recording that does not exist plays nothing when it is requested first', async () => {
  const page = await open()
  await page.actions.comparison.playCell('first wavegrad-2')
  page.actions.comparison.pauseCells()
  await page.actions.comparison.playCell('first recording')
  expect(statesOf(page)).toMatchObject({ 'first recording': 'done' })
  expect(page.page().comparison.playing).toBe(false)
})

test('a cell that is being made does not play after a pause', async () => {
  const page = await open()
  const made = page.actions.comparison.playCell('second wavegrad-2')
  page.actions.comparison.pauseCells()
  await made
  expect(statesOf(page)).toEqual({ 'second wavegrad-2': 'done' })
  expect(page.page().comparison.playing).toBe(false)
})

test('figures that waited for the vocoder do not restore a cell that was cleared in the meantime', async () => {
  const page = await open({
    spareCore: false,
    engine: {
      async synthesize(request) {
        asked.push(request)
        if (asked.length === 2) page.actions.synthesis.changeSettings({ seed: 3 })
        return fakeSpeech(0.1)
      },
    },
  })
  await page.actions.comparison.fill()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(statesOf(page)).toEqual({})
})

test('a cell that fails is reported, and the others are made', async () => {
  const page = await open({
    engine: {
      async synthesize({ modelId }) {
        if (modelId === 'wavegrad-frames') throw new ProblemError({ code: 'broken', message: 'Broken.' })
        return fakeSpeech(0.1)
      },
    },
  })
  await page.actions.comparison.fill()
  expect(statesOf(page)).toMatchObject({ 'first wavegrad-2': 'failed', 'first infergrad-2': 'done' })
  expect(page.page().problems.shown.map(({ problem }) => problem.code)).toEqual(['broken'])
})

test('another seed clears the grid and frees its audio; another example leaves it', async () => {
  const page = await open()
  await page.actions.comparison.playCell('second infergrad-2')
  const { audioId = '' } = page.page().comparison.cells['second infergrad-2']
  await page.actions.source.openExample('second')
  expect(page.clips.has(audioId)).toBe(true)
  page.actions.synthesis.changeSettings({ seed: 2 })
  expect(page.page().comparison).toMatchObject({ cells: {}, playing: false })
  expect(page.clips.has(audioId)).toBe(false)
})

test('the user’s own clip has a row until another clip is opened', async () => {
  const page = await open()
  await page.actions.source.openFile(new File(['x'], 'mine.npy'))
  await page.actions.comparison.playCell('open infergrad-2')
  expect(statesOf(page)).toEqual({ 'open infergrad-2': 'done' })
  await page.actions.source.openExample('first')
  expect(statesOf(page)).toEqual({})
  await page.actions.comparison.playCell('open infergrad-2')
  expect(asked, 'there is no such row').toHaveLength(1)
})

test('the user’s own clip is read again after another was opened, even if none of its cells was finished', async () => {
  const page = await open({
    analysis: {
      open: async ({ name }) => ({
        ...fakeMelFile,
        mel: { frames: 6, bands: 2, values: new Float32Array(12).fill(name === 'mine.npy' ? 1 : 2) },
      }),
    },
    engine: {
      async synthesize(request) {
        asked.push(request)
        if (asked.length === 1) page.actions.comparison.cancel()
        return fakeSpeech(0.1)
      },
    },
  })
  for (const name of ['mine.npy', 'other.npy']) {
    await page.actions.source.openFile(new File(['x'], name))
    await page.actions.comparison.playCell('open infergrad-2')
  }
  expect(asked.map(({ mel }) => mel.values[0])).toEqual([1, 2])
})

test('the table as CSV has the measured cells, then the authors’ figures', async () => {
  const page = await open()
  await page.actions.comparison.playCell('second wavegrad-2')
  await measured(page, 'second wavegrad-2')
  const file = page.actions.comparison.asCsv()
  const lines = (file ? await new Blob([file.bytes]).text() : '').trimEnd().split('\r\n')
  const columns = lines[0].split(',')
  expect(lines).toHaveLength(1 + 1 + 10)
  const cell = (name: string) => lines[1].split(',')[columns.indexOf(name)]
  expect([cell('made_by'), cell('system'), cell('steps'), cell('clip'), cell('lsd_db')]).toEqual([
    'this machine',
    'WaveGrad',
    '2',
    'Second',
    '10',
  ])
  expect(lines[2]).toMatch(/^the authors,"WaveGrad, baseline",2,6,LJ001/)
})
