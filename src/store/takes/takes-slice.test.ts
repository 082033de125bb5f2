import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { takeNotes } from './take-notes.ts'
import { cardsOf, takeNames } from './takes.ts'

const file = (name: string) => new File([new Uint8Array(4)], name)

async function openWithTakes(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openReadyPage(change)
  await opened.page().synthesize()
  const names = () => [...takeNames(opened.page().takes).values()]
  return { ...opened, names }
}

test('a take that is kept stays under its own name when its system makes another', async () => {
  const { page, names, clips, player } = await openWithTakes()
  const [wavegrad] = page().takes
  page().keepTake(wavegrad.id, true)
  page().select(wavegrad.id)
  page().changeSettings({ seed: 7 })
  await page().synthesize()
  expect(names()).toEqual(['WaveGrad', 'InferGrad', 'Griffin-Lim', 'WaveGrad, 2 steps'])
  expect(page().takes[3]).toMatchObject({ id: wavegrad.id, place: 'kept', keep: false })
  expect(clips.has(wavegrad.id)).toBe(true)
  expect(page().audibleId, 'who listened to it still does').toBe(wavegrad.id)
  expect(player.takes).toHaveLength(4)
})

test('the name of a kept take says which corrections were asked for', async () => {
  const { page, names } = await openWithTakes({ search: '?control=on' })
  for (const corrections of [0, 16] as const) {
    for (const { id, place, system } of page().takes)
      if (place === 'current' && (system === 'wavegrad' || system === 'no-network')) page().keepTake(id, true)
    page().changeSettings({ corrections })
    await page().synthesize()
  }
  expect(names().slice(0, 4)).toEqual(['WaveGrad', 'InferGrad', 'No network', 'Griffin-Lim'])
  expect(names().slice(4).toSorted()).toEqual([
    'No network (2)',
    'No network, no corrections',
    'WaveGrad, 2 steps',
    'WaveGrad, 2 steps, no corrections',
  ])
})

test('two that were made alike are told apart, and every card has its place', async () => {
  const { page, names } = await openWithTakes()
  for (let round = 0; round < 2; round++) {
    page().keepTake(page().takes[0].id, true)
    await page().synthesize()
  }
  expect(names().slice(3)).toEqual(['WaveGrad, 2 steps', 'WaveGrad, 2 steps (2)'])
  expect(cardsOf(page()).map(({ system }) => system)).toEqual([
    'wavegrad',
    'infergrad',
    'griffin-lim',
    'wavegrad',
    'wavegrad',
  ])
})

test('a kept take that was taken away comes back where it was; the next one that goes is the one to have back', async () => {
  const { page, names, clips, signals } = await openWithTakes()
  await page().addTakeFiles([file('a.wav'), file('b.wav'), file('c.wav')])
  await vi.waitFor(() => expect(page().takes.every(({ quality }) => quality)).toBe(true))
  const [, , , a, b] = page().takes
  page().removeTake(b.id)
  expect(names().slice(3)).toEqual(['a.wav', 'c.wav'])
  expect(page().removedTake?.name).toBe('b.wav')
  page().restoreTake()
  expect(names().slice(3)).toEqual(['a.wav', 'b.wav', 'c.wav'])
  expect(page().removedTake).toBeUndefined()
  page().removeTake(b.id)
  page().removeTake(a.id)
  expect([clips.has(a.id), clips.has(b.id)]).toEqual([true, false])
  expect(signals.spectrogram(b.spectrogramId ?? '')).toBeUndefined()
  await page().openExample('second')
  expect(clips.has(a.id)).toBe(false)
  expect(page().removedTake).toBeUndefined()
})

test('a current take cannot be taken away: its system would have no place', async () => {
  const { page } = await openWithTakes()
  page().removeTake(page().takes[0].id)
  expect(page().takes).toHaveLength(3)
})

test('of several files put beside the takes, one that is refused costs only itself', async () => {
  const { page, names } = await openWithTakes()
  await page().addTakeFiles([file('ours.wav'), file('bad.wav'), file('mel.npy'), file('theirs.flac')])
  expect(names().slice(3)).toEqual(['ours.wav', 'theirs.flac'])
  expect(page().problems.map(({ problem }) => problem.code)).toEqual(['file-unknown', 'take-not-audio'])
  expect(page().addingTake).toBeUndefined()
  await vi.waitFor(() => expect(page().takes.at(-1)?.quality?.against).toBe('mel'))
  const names2 = await Promise.all(
    page()
      .takes.slice(3)
      .map(({ id }) => page().takeAsWav(id, 'pcm16')),
  )
  expect(names2.map((download) => download?.name)).toEqual(['first-ours.wav', 'first-theirs.wav'])
})

test('what is still being read when another source opens does not join its takes', async () => {
  const { page } = await openWithTakes()
  const adding = page().addTakeFiles([file('late.wav'), file('later.wav')])
  await page().openExample('second')
  await adding
  expect(page().takes.map(({ system }) => system)).toEqual(['recording'])
})

test('a file of another rate and length is brought to the rate of the takes, and its card says so', async () => {
  const { page, clips } = await openWithTakes({
    analysis: {
      decodeWav: async () => ({ samples: new Float32Array(44100).fill(0.1), sampleRateHz: 44100 }),
      analyse: async ({ audio, convention }) => ({
        audio: {
          samples: new Float32Array(convention.sampleRateHz).fill(audio.samples[0]),
          sampleRateHz: convention.sampleRateHz,
        },
        mel: { frames: 1, bands: 2, values: new Float32Array(2) },
      }),
    },
  })
  await page().addTakeFiles([file('other.wav')])
  const take = page().takes[3]
  expect(clips.get(take.id)).toMatchObject({ sampleRateHz: 8000 })
  expect(take).toMatchObject({ fileRateHz: 44100, durationSeconds: 1 })
  expect(takeNotes(take, page().source)).toEqual([
    'Recorded at 44.1 kHz; heard and measured at 8 kHz, the rate of the takes.',
    '1.00 s longer than the 0.00 s of the source; figures are of what both have.',
  ])
})

test('a silent take has a note instead of figures, and turns nobody down', async () => {
  const silence = new ProblemError({ code: 'compare-silence', message: 'The output is silent.' })
  const { page, player } = await openReadyPage({
    exampleId: 'second',
    analysis: {
      loudnessLufs: async ({ samples }) => (samples[0] === 0.25 ? Number.NEGATIVE_INFINITY : -20),
      async compare({ output }) {
        if (output.samples[0] === 0.25) throw silence
        return { melMae: 0, lsdDb: 0, mrstft: 0, mcd13Db: 0, stoi: 1, hfDb: 0, levelDb: 0 }
      },
    },
  })
  await page().synthesize()
  const griffinLim = () => page().takes.find(({ system }) => system === 'griffin-lim')
  await vi.waitFor(() => expect(griffinLim()?.noQuality).toBe('The output is silent.'))
  expect(page().problems).toEqual([])
  expect(player.takes.map(({ gainDb }) => gainDb)).toEqual([0, 0, 0, 0])
  const take = griffinLim()
  expect(take && takeNotes(take, page().source)).toEqual([
    expect.stringContaining('Silent'),
    'No figures: The output is silent.',
  ])
})
