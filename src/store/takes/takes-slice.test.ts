import { expect, test, vi } from 'vitest'
import { fakeAudioFile, fakeFigures, fakeMelFile, levelsOf } from '../testing/fake-analysis.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { takeNotes } from './take-notes.ts'
import { cardChoice, cardsOf, takeNames } from './takes.ts'

const file = (name: string) => new File([new Uint8Array(4)], name)

async function openWithTakes(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openReadyPage(change)
  await opened.actions.synthesis.run()
  const names = () => [...takeNames(opened.page().takes.all).values()]
  return { ...opened, names }
}

test('a take that is kept stays under its own name when its system makes another', async () => {
  const { actions, page, names, clips, player } = await openWithTakes()
  const [wavegrad] = page().takes.all
  actions.takes.keep(wavegrad.id, true)
  actions.playback.select(wavegrad.id)
  actions.synthesis.changeSettings({ seed: 7 })
  await actions.synthesis.run()
  expect(names()).toEqual(['WaveGrad', 'InferGrad', 'Griffin-Lim', 'WaveGrad, 2 steps'])
  expect(page().takes.all[3]).toMatchObject({ id: wavegrad.id, place: 'kept', keep: false })
  expect(clips.has(wavegrad.id)).toBe(true)
  expect(page().playback.audibleId, 'it stays selected').toBe(wavegrad.id)
  expect(player.takes).toHaveLength(4)
})

test('the name of a kept take says which corrections were asked for', async () => {
  const { actions, page, names } = await openWithTakes({ search: '?control=on' })
  for (const corrections of [0, 16] as const) {
    for (const { id, place, system } of page().takes.all)
      if (place === 'current' && (system === 'wavegrad' || system === 'no-network'))
        actions.takes.keep(id, true)
    actions.synthesis.changeSettings({ corrections })
    await actions.synthesis.run()
  }
  expect(names().slice(0, 4)).toEqual(['WaveGrad', 'InferGrad', 'No network', 'Griffin-Lim'])
  expect(names().slice(4).toSorted()).toEqual([
    'No network (2)',
    'No network, no corrections',
    'WaveGrad, 2 steps',
    'WaveGrad, 2 steps, no corrections',
  ])
})

test('takes that were made alike have different names, and every card has its place', async () => {
  const { actions, page, names } = await openWithTakes()
  for (let round = 0; round < 2; round++) {
    actions.takes.keep(page().takes.all[0].id, true)
    await actions.synthesis.run()
  }
  expect(names().slice(3)).toEqual(['WaveGrad, 2 steps', 'WaveGrad, 2 steps (2)'])
  expect(cardsOf(cardChoice(page())).map(({ system }) => system)).toEqual([
    'wavegrad',
    'infergrad',
    'griffin-lim',
    'wavegrad',
    'wavegrad',
  ])
})

test('a removed take can be restored to its place, until the next one is removed', async () => {
  const { actions, page, names, clips, signals } = await openWithTakes()
  await actions.takes.addFiles([file('a.wav'), file('b.wav'), file('c.wav')])
  await vi.waitFor(() => expect(page().takes.all.every(({ quality }) => quality)).toBe(true))
  const [, , , a, b] = page().takes.all
  actions.takes.remove(b.id)
  expect(names().slice(3)).toEqual(['a.wav', 'c.wav'])
  expect(page().takes.removed?.name).toBe('b.wav')
  actions.takes.restore()
  expect(names().slice(3)).toEqual(['a.wav', 'b.wav', 'c.wav'])
  expect(page().takes.removed).toBeUndefined()
  actions.takes.remove(b.id)
  actions.takes.remove(a.id)
  expect([clips.has(a.id), clips.has(b.id)]).toEqual([true, false])
  expect(signals.spectrogram(b.spectrogramId ?? '')).toBeUndefined()
  await actions.source.openExample('second')
  expect(clips.has(a.id)).toBe(false)
  expect(page().takes.removed).toBeUndefined()
})

test('a current take cannot be removed: its system would have no place', async () => {
  const { actions, page } = await openWithTakes()
  actions.takes.remove(page().takes.all[0].id)
  expect(page().takes.all).toHaveLength(3)
})

test('of several files that are added to the takes, a refused one does not affect the others', async () => {
  const { actions, page, names } = await openWithTakes()
  await actions.takes.addFiles([file('ours.wav'), file('bad.wav'), file('mel.npy'), file('theirs.flac')])
  expect(names().slice(3)).toEqual(['ours.wav', 'theirs.flac'])
  expect(page().problems.shown.map(({ problem }) => problem.code)).toEqual(['file-unknown', 'take-not-audio'])
  expect(page().takes.adding).toBeUndefined()
  await vi.waitFor(() => expect(page().takes.all.at(-1)?.quality?.against).toBe('mel'))
  const names2 = await Promise.all(
    page()
      .takes.all.slice(3)
      .map(({ id }) => actions.takes.asWav(id, 'pcm16')),
  )
  expect(names2.map((download) => download?.name)).toEqual(['first-ours.wav', 'first-theirs.wav'])
})

test('files that are still being read when another source opens do not join its takes', async () => {
  const { actions, page } = await openWithTakes()
  const adding = actions.takes.addFiles([file('late.wav'), file('later.wav')])
  await actions.source.openExample('second')
  await adding
  expect(page().takes.all.map(({ system }) => system)).toEqual(['recording'])
})

test('a file of another rate and length is brought to the rate of the takes, and its card says so', async () => {
  const { actions, page, clips } = await openWithTakes({
    analysis: {
      async open({ name, target: { sampleRateHz } }) {
        if (name !== 'other.wav') return fakeMelFile
        const audio = { samples: new Float32Array(sampleRateHz).fill(0.1), sampleRateHz }
        return { ...fakeAudioFile, audio, fileRateHz: 44100 }
      },
    },
  })
  await actions.takes.addFiles([file('other.wav')])
  const take = page().takes.all[3]
  expect(clips.get(take.id)).toMatchObject({ sampleRateHz: 8000 })
  expect(take).toMatchObject({ fileRateHz: 44100, durationSeconds: 1 })
  expect(takeNotes(take, page().source.current)).toEqual([
    'Recorded at 44.1 kHz; heard and measured at 8 kHz, the rate of the takes.',
    '1.00 s longer than the 0.00 s of the source; figures cover the part that both have.',
  ])
})

test('a silent take has a note instead of figures, and does not attenuate the others', async () => {
  const silence = { code: 'compare-silence', message: 'The output is silent.' }
  const { actions, page, player } = await openReadyPage({
    exampleId: 'second',
    analysis: {
      async measure({ audio }) {
        if (audio.samples[0] === 0.25) return { ...levelsOf(audio), loudnessLufs: Number.NEGATIVE_INFINITY }
        return { ...levelsOf(audio), loudnessLufs: -20 }
      },
      async compare({ audio }) {
        if (audio.samples[0] === 0.25) return { problem: silence }
        return { quality: { against: 'recording', figures: fakeFigures } }
      },
    },
  })
  await actions.synthesis.run()
  const griffinLim = () => page().takes.all.find(({ system }) => system === 'griffin-lim')
  await vi.waitFor(() => expect(griffinLim()?.noQuality).toBe('The output is silent.'))
  expect(page().problems.shown).toEqual([])
  expect(player.takes.map(({ gainDb }) => gainDb)).toEqual([0, 0, 0, 0])
  const take = griffinLim()
  expect(take && takeNotes(take, page().source.current)).toEqual([
    expect.stringContaining('Silent'),
    'No figures: The output is silent.',
  ])
})

test('a replaced take frees its samples', async () => {
  const { actions, page, clips } = await openReadyPage()
  await actions.synthesis.run()
  const { id } = page().takes.all[0]
  await actions.synthesis.run()
  expect(clips.has(id)).toBe(false)
  expect(clips.has(page().takes.all[0].id)).toBe(true)
})

test('a take from a file costs five calls of the analysis, from the file to the download', async () => {
  const { actions, page, analysisCalls } = await openReadyPage({ exampleId: 'second' })
  analysisCalls.length = 0
  await actions.takes.addFiles([file('other.wav')])
  const added = () => page().takes.all.find(({ system }) => system === 'file')
  await vi.waitFor(() => expect(added()?.quality).toEqual({ against: 'recording', figures: fakeFigures }))
  actions.differences.choose({ of: added()?.id })
  void actions.differences.refresh()
  await vi.waitFor(() => expect(page().differences.shown).toBeDefined())
  await actions.takes.asWav(added()?.id ?? '', 'pcm16')
  expect(analysisCalls).toEqual(['open', 'measure', 'compare', 'difference', 'encodeWav'])
})

async function placeWhileVocoding(change: Partial<Parameters<typeof openReadyPage>[0]> = {}) {
  const opened = await openReadyPage({ exampleId: 'second', ...change })
  const source = opened.page().source.current
  if (!source) throw new Error('no source')
  let tellIdle = () => {}
  const vocoderIdle = new Promise<void>((resolve) => {
    tellIdle = resolve
  })
  opened.analysisCalls.length = 0
  const addSpectrogram = vi.spyOn(opened.signals, 'addSpectrogram')
  const audio = { samples: new Float32Array(24).fill(0.5), sampleRateHz: 8000 }
  const id = opened.actions.takes.place({
    system: 'griffin-lim',
    place: 'current',
    audio,
    source,
    vocoderIdle,
  })
  const made = () => opened.page().takes.all.find((take) => take.id === id)
  await vi.waitFor(() => expect(made()).toMatchObject({ loudnessLufs: 20 * Math.log10(0.5), peakDb: -12 }))
  return { ...opened, id, made, tellIdle, addSpectrogram }
}

test('without a spare core, only the figures of a take wait for the vocoder', async () => {
  const { analysisCalls, made, tellIdle, addSpectrogram } = await placeWhileVocoding()
  expect(analysisCalls).toEqual(['measure'])
  expect(made()?.quality).toBeUndefined()
  tellIdle()
  await vi.waitFor(() => expect(made()?.quality).toBeDefined())
  expect(addSpectrogram, 'the picture is kept once').toHaveBeenCalledTimes(1)
})

test('a take that is discarded while it waits for the vocoder is not measured further', async () => {
  const { actions, analysisCalls, id, tellIdle } = await placeWhileVocoding()
  actions.takes.discard(id)
  tellIdle()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(analysisCalls).toEqual(['measure'])
})
