import { expect, test, vi } from 'vitest'
import type { Analysis } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { VocoderEngine } from '../../engine/vocoder-engine.ts'
import { pageAddress } from '../page-address.ts'
import { fakeMelFile } from '../testing/fake-analysis.ts'
import { openFakePage, openReadyPage } from '../testing/fake-services.ts'

const file = (name: string, text = 'x') => new File([text], name)

test('the page opens with the first example, or with the one that the address names', async () => {
  const first = await openReadyPage()
  expect(first.page().source.current).toMatchObject({
    exampleId: 'first',
    transcript: 'One.',
    durationSeconds: 0.003,
  })
  const named = await openReadyPage({ exampleId: 'second' })
  expect(named.page().source.current?.exampleId).toBe('second')
})

test('an example that does not exist is replaced by the first, with a note', async () => {
  const { page } = await openReadyPage({ exampleId: 'third' })
  expect(page().source.current?.exampleId).toBe('first')
  expect(page().problems.notes).toEqual(['There is no example “third”.'])
})

test('a refused file does not change the source and the takes', async () => {
  const { actions, page } = await openReadyPage()
  await actions.synthesis.run()
  const source = page().source.current
  const takes = page().takes.all
  await actions.source.openFile(file('bad.txt'))
  expect(page().source.current).toBe(source)
  expect(page().takes.all.map(({ id }) => id)).toEqual(takes.map(({ id }) => id))
  expect(page().problems.shown).toMatchObject([{ problem: { code: 'file-unknown', file: 'bad.txt' } }])
  expect(page().source.opening).toBeUndefined()
})

test('the problem of the next refused file replaces that of the last one', async () => {
  const { actions, page } = await openReadyPage()
  await actions.source.openFile(file('bad.txt'))
  await actions.source.openFile(file('bad.pdf'))
  expect(page().problems.shown.map(({ problem }) => problem.file)).toEqual(['bad.pdf'])
})

test('the next good file dismisses the problem of the last one', async () => {
  const { actions, page } = await openReadyPage()
  await actions.source.openFile(file('bad.txt'))
  await actions.source.openFile(file('mel.npy'))
  expect(page().problems.shown).toEqual([])
  expect(page().source.current).toMatchObject({ kind: 'mel-file', title: 'mel.npy' })
})

test('a new source frees the takes of the last one', async () => {
  const { actions, page, clips, player, signals } = await openReadyPage()
  await actions.synthesis.run()
  const source = page().source.current
  const takes = page().takes.all
  await actions.source.openFile(file('mel.npy'))
  expect(page().takes.all).toEqual([])
  expect(player.takes).toEqual([])
  expect(takes.some(({ id }) => clips.has(id))).toBe(false)
  expect(signals.mel(source?.melId ?? '')).toBeUndefined()
})

test('an audio file is its own recording', async () => {
  const { actions, page } = await openReadyPage()
  await actions.source.openFile(file('voice.wav'))
  expect(page().source.current?.kind).toBe('audio-file')
  expect(page().takes.all.map(({ system }) => system)).toEqual(['recording'])
})

test('of two sources opened at once, the later one stays', async () => {
  let release = () => {}
  const slow = new Promise<void>((resolve) => {
    release = resolve
  })
  const { actions, page } = await openReadyPage({
    analysis: {
      async open({ name }) {
        if (name === 'slow.npy') await slow
        return fakeMelFile
      },
    },
  })
  const opening = actions.source.openFile(file('slow.npy'))
  await actions.source.openFile(file('quick.npy'))
  release()
  await opening
  expect(page().source.current?.title).toBe('quick.npy')
})

test('opening a source cancels the synthesis of the previous one, whose late takes are dropped', async () => {
  const { actions, page } = await openReadyPage({
    engine: {
      synthesize: (_, { signal } = {}) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    },
  })
  const running = actions.synthesis.run()
  await vi.waitFor(() => expect(page().synthesis.runs?.map(({ state }) => state)).toContain('running'))
  await actions.source.openExample('second')
  await running
  expect(page().synthesis.runs).toBeUndefined()
  expect(page().takes.all.map(({ system }) => system)).toEqual(['recording'])
})

test('a mel that needs an answer is shown with its question, and the source stays until it is answered', async () => {
  const { actions, page } = await openReadyPage()
  await actions.source.openFile(file('mel.npy'))
  const source = page().source.current
  const values = { unit: 'ln', of: 'magnitude' } as const
  await actions.source.rereadMel({ values: { ...values, scaling: { kind: 'statistics' } } })
  expect(page().source.melFile?.report.question).toBe('Which axis?')
  expect(page().source.current).toBe(source)
  await actions.source.rereadMel({ values })
  expect(page().source.melFile?.report.question).toBeUndefined()
  expect(page().source.current).not.toBe(source)
})

test('a mel is opened together with its producer’s files', async () => {
  const open = vi.fn(async () => {
    throw new ProblemError({ code: 'stop', message: 'Stop.' })
  })
  const { actions } = openFakePage({ analysis: { open } })
  await actions.synthesis.startEngine()
  await actions.source.openFile(file('mel.npy'), [file('config.yaml', 'hop: 300'), file('stats.npy', 'S')])
  expect(open).toHaveBeenCalledWith(
    expect.objectContaining({
      name: 'mel.npy',
      producerFiles: [
        { name: 'config.yaml', bytes: new TextEncoder().encode('hop: 300') },
        { name: 'stats.npy', bytes: new TextEncoder().encode('S') },
      ],
    }),
  )
})

test('a refused file does not replace the shown mel when that is read again', async () => {
  const open = vi.fn<Analysis['open']>(async ({ name }) => {
    if (name === 'worse.npy') throw new ProblemError({ code: 'stop', message: 'Stop.' })
    return fakeMelFile
  })
  const { actions, page } = await openReadyPage({ analysis: { open } })
  await actions.source.openFile(file('mel.npy'))
  await actions.source.openFile(file('worse.npy'))
  await actions.source.rereadMel({}, [file('config.yaml')])
  expect(open).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'mel.npy' }))
  expect(page().source.melFile?.producerFileNames).toEqual(['config.yaml'])
  await actions.source.rereadMel({}, [file('config.yaml', 'hop: 300')])
  expect(page().source.melFile?.producerFileNames, 'a file replaces its namesake').toEqual(['config.yaml'])
})

test('a link names a bundled source and never a file of the user', async () => {
  const { actions, page } = await openReadyPage({ search: '?seed=5' })
  expect(pageAddress(page())).toBe('?v=1&example=first&size=frames&steps=2&seed=5&schedule=own')
  await actions.source.openFile(file('private.wav'))
  expect(pageAddress(page())).toBe('?v=1&size=frames&steps=2&seed=5&schedule=own')
})

test('a link holds the loop and the shown range, even before there is a take to loop', async () => {
  const { actions, page } = await openReadyPage({ exampleId: 'first' })
  const range = { startSeconds: 0.001, endSeconds: 0.002 }
  actions.view.restore({ exampleId: 'first', region: range, shownSeconds: range })
  const search =
    '?v=1&example=first&size=frames&steps=2&seed=1&schedule=own&loop=0.001-0.002&view=0.001-0.002'
  expect(pageAddress(page())).toBe(search)
  await actions.synthesis.run()
  expect(page().playback.region, 'now there is').toEqual(range)
  expect(pageAddress(page())).toBe(search)
  actions.playback.loopRegion(undefined)
  expect(pageAddress(page())).not.toContain('loop')
})

test('a loop of an address that does not fit is ignored with a note', async () => {
  const { actions, page } = await openReadyPage({ exampleId: 'first' })
  const range = { startSeconds: 50, endSeconds: 60 }
  actions.view.restore({ exampleId: 'first', region: range, shownSeconds: range })
  actions.view.restore({ region: range })
  expect([page().playback.lastRegion, page().view.shownSeconds]).toEqual([undefined, undefined])
  expect(page().problems.notes).toEqual([
    'The loop in the address was ignored: the example is 0.00 s long.',
    'The view in the address was ignored: the example is 0.00 s long.',
    'The address gives loop without an example, so that was ignored.',
  ])
  actions.view.restore({ exampleId: 'second', region: range })
  expect(page().problems.notes, 'another was opened meanwhile').toHaveLength(3)
})

test('a recording becomes the source', async () => {
  const { actions, page } = await openReadyPage()
  await actions.source.startRecording()
  expect(page().source.current?.kind).toBe('microphone')
  expect(page().source.recording).toBeUndefined()
})

test('a denied microphone is reported, and can be requested again', async () => {
  let allowed = false
  const clip = { samples: new Float32Array(24), sampleRateHz: 8000 }
  const { actions, page } = await openReadyPage({
    async startRecording() {
      if (!allowed) throw new ProblemError({ code: 'microphone-denied', message: 'Denied.' })
      return { finished: Promise.resolve(clip), stop() {}, cancel() {} }
    },
  })
  await actions.source.startRecording()
  expect(page().problems.shown[0].problem.code).toBe('microphone-denied')
  allowed = true
  await actions.problems.retry(page().problems.shown[0].id)
  expect(page().problems.shown).toEqual([])
  expect(page().source.current?.kind).toBe('microphone')
})

test('an engine that does not start is reported once; when it starts, the example opens', async () => {
  let works = false
  const { actions, page } = openFakePage({
    engine: {
      async start() {
        if (!works) throw new ProblemError({ code: 'no-backend', message: 'None.' })
        return { name: 'cpu', detail: 'fake', software: false, skipped: [] }
      },
    },
  })
  await Promise.all([actions.synthesis.startEngine(), actions.source.loadExamples()])
  expect(page().synthesis.engine).toEqual({ state: 'failed', reason: 'None.' })
  expect(page().problems.shown.map(({ problem }) => problem.code)).toEqual(['no-backend'])
  works = true
  await actions.problems.retry(page().problems.shown[0].id)
  expect(page().problems.shown).toEqual([])
  expect(page().source.current?.exampleId).toBe('first')
  expect(page().models.loadedIds).toEqual(['infergrad-frames', 'wavegrad-frames'])
})

test('weights that do not load are reported with a retry, and the other model loads', async () => {
  let intact = false
  const { actions, page } = openFakePage({
    engine: {
      async loadModel(modelId) {
        if (!intact && modelId === 'wavegrad-frames') {
          throw new ProblemError({ code: 'weights-hash', message: 'Damaged.', file: 'model.safetensors' })
        }
        return page().models.all[0]
      },
    },
  })
  await actions.synthesis.startEngine()
  expect(page().models.loadedIds).toEqual(['infergrad-frames'])
  expect(page().models.loads).toEqual({})
  await actions.source.openFile(file('mel.npy'))
  expect(page().problems.shown).toHaveLength(1)
  intact = true
  await actions.problems.retry(page().problems.shown[0].id)
  expect(page().models.loadedIds).toEqual(['infergrad-frames', 'wavegrad-frames'])
})

test('a model size that does not exist is replaced, with a note', async () => {
  const { page } = await openReadyPage({ search: '?v=1&size=huge' })
  expect(page().synthesis.settings.size).toBe('frames')
  expect(page().problems.notes).toEqual(['There is no model of size “huge”; “frames” is used.'])
})

test('an engine that gave up is reported, and starts again with the next synthesis', async () => {
  let tell: Parameters<VocoderEngine['onEvent']>[0] = () => {}
  const { actions, page } = await openReadyPage({
    engine: {
      onEvent(listener) {
        tell = listener
        return () => {}
      },
    },
  })
  tell({ kind: 'failed', reason: 'the worker died three times' })
  expect(page().synthesis.engine.state).toBe('failed')
  expect(page().models.loadedIds).toEqual([])
  expect(page().problems.shown[0].problem.code).toBe('engine-failed')
  await actions.synthesis.run()
  expect(page().synthesis.engine.state).toBe('ready')
  expect(page().takes.all).toHaveLength(3)
})
