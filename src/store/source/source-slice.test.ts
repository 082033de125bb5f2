import { expect, test, vi } from 'vitest'
import type { Analysis } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { VocoderEngine } from '../../engine/vocoder-engine.ts'
import { openFakePage, openReadyPage } from '../testing/fake-services.ts'

const file = (name: string, text = 'x') => new File([text], name)

test('the page opens with the first example, or with the one that the address names', async () => {
  const first = await openReadyPage()
  expect(first.page().source).toMatchObject({ exampleId: 'first', words: 'One.', durationSeconds: 0.003 })
  const named = await openReadyPage({ exampleId: 'second' })
  expect(named.page().source?.exampleId).toBe('second')
})

test('an example that does not exist is replaced by the first, with a note', async () => {
  const { page } = await openReadyPage({ exampleId: 'third' })
  expect(page().source?.exampleId).toBe('first')
  expect(page().notes).toEqual(['There is no example “third”.'])
})

test('a refused file leaves source and takes as they were', async () => {
  const { page } = await openReadyPage()
  await page().synthesize()
  const { source, takes } = page()
  await page().openFiles([file('bad.txt')])
  expect(page().source).toBe(source)
  expect(page().takes.map(({ id }) => id)).toEqual(takes.map(({ id }) => id))
  expect(page().problems).toMatchObject([{ problem: { code: 'file-unknown', file: 'bad.txt' } }])
  expect(page().opening).toBeUndefined()
})

test('the next file that is refused takes the place of the last one', async () => {
  const { page } = await openReadyPage()
  await page().openFiles([file('bad.txt')])
  await page().openFiles([file('bad.pdf')])
  expect(page().problems.map(({ problem }) => problem.file)).toEqual(['bad.pdf'])
})

test('the next good file takes the complaint about the last one away', async () => {
  const { page } = await openReadyPage()
  await page().openFiles([file('bad.txt')])
  await page().openFiles([file('mel.npy')])
  expect(page().problems).toEqual([])
  expect(page().source).toMatchObject({ kind: 'mel-file', title: 'mel.npy' })
})

test('a new source frees the takes of the last one', async () => {
  const { page, clips, player, signals } = await openReadyPage()
  await page().synthesize()
  const { source, takes } = page()
  await page().openFiles([file('mel.npy')])
  expect(page().takes).toEqual([])
  expect(player.takes).toEqual([])
  expect(takes.some(({ id }) => clips.has(id))).toBe(false)
  expect(signals.mel(source?.melId ?? '')).toBeUndefined()
})

test('an audio file is its own recording', async () => {
  const { page } = await openReadyPage()
  await page().openFiles([file('voice.wav')])
  expect(page().source?.kind).toBe('audio-file')
  expect(page().takes.map(({ system }) => system)).toEqual(['recording'])
})

test('of two sources opened at once, the later one stays', async () => {
  let release = () => {}
  const slow = new Promise<void>((resolve) => {
    release = resolve
  })
  const { page } = await openReadyPage({
    analysis: {
      async identify({ name }) {
        if (name === 'slow.npy') await slow
        return 'mel'
      },
    },
  })
  const opening = page().openFiles([file('slow.npy')])
  await page().openFiles([file('quick.npy')])
  release()
  await opening
  expect(page().source?.title).toBe('quick.npy')
})

test('opening a source cancels the synthesis of the last one, whose late takes are dropped', async () => {
  const { page } = await openReadyPage({
    engine: {
      synthesize: (_, { signal } = {}) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    },
  })
  const running = page().synthesize()
  await vi.waitFor(() => expect(page().runs?.[0].state).toBe('running'))
  await page().openExample('second')
  await running
  expect(page().runs).toBeUndefined()
  expect(page().takes.map(({ system }) => system)).toEqual(['recording'])
})

test('a mel that needs an answer is shown with its question, and the source stays until it is answered', async () => {
  const { page } = await openReadyPage()
  await page().openFiles([file('mel.npy')])
  const { source } = page()
  await page().rereadMel({ values: 'normalised' })
  expect(page().melFile?.report.question).toBe('Which axis?')
  expect(page().source).toBe(source)
  await page().rereadMel({ values: 'log10' })
  expect(page().melFile?.report.question).toBeUndefined()
  expect(page().source).not.toBe(source)
})

test('a mel may come with what its producer wrote beside it, and no other files together', async () => {
  const openMel = vi.fn(async () => {
    throw new ProblemError({ code: 'stop', message: 'Stop.' })
  })
  const { page } = openFakePage({ analysis: { openMel } })
  await page().startEngine()
  await page().openFiles([file('config.yaml', 'hop: 300'), file('mel.npy'), file('stats.npy', 'S')])
  expect(openMel).toHaveBeenCalledWith(
    expect.objectContaining({
      name: 'mel.npy',
      producerFiles: [
        { name: 'config.yaml', bytes: new TextEncoder().encode('hop: 300') },
        { name: 'stats.npy', bytes: new TextEncoder().encode('S') },
      ],
    }),
  )
  await page().openFiles([file('config.json'), file('mel.json')])
  expect(openMel).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'mel.json' }))
  await page().openFiles([file('a.npy'), file('b.npy')])
  expect(page().problems.map(({ problem }) => problem.code)).toContain('several-files')
})

test('a file that is refused does not take the place of the mel on show when that is read again', async () => {
  const openMel = vi.fn<Analysis['openMel']>(async ({ name, target }) => {
    if (name === 'worse.npy') throw new ProblemError({ code: 'stop', message: 'Stop.' })
    const mel = { frames: 4, bands: 2, values: new Float32Array(8) }
    const reading = { bandAxis: 0, values: 'ln', convention: target } as const
    const plain = { recognisedAs: '', conversion: 'none', conversionNote: '', shape: [2, 4] } as const
    return { mel, report: { ...plain, reading, assumed: [], warnings: [] } }
  })
  const { page } = await openReadyPage({ analysis: { openMel } })
  await page().openFiles([file('mel.npy')])
  await page().openFiles([file('worse.npy')])
  await page().rereadMel({}, file('config.yaml'))
  expect(openMel).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'mel.npy' }))
  expect(page().melFile?.producerFileNames).toEqual(['config.yaml'])
})

test('a link names a bundled source and never a file of the user', async () => {
  const { page } = await openReadyPage({ search: '?seed=5' })
  expect(page().shareAddress()).toBe('?v=1&example=first&size=frames&steps=2&seed=5&schedule=own')
  await page().openFiles([file('private.wav')])
  expect(page().shareAddress()).toBe('?v=1&size=frames&steps=2&seed=5&schedule=own')
})

test('a link says what is looped and shown, and does so before there is a take to loop', async () => {
  const { page } = await openReadyPage({ exampleId: 'first' })
  const stretch = { startSeconds: 0.001, endSeconds: 0.002 }
  page().restoreView({ exampleId: 'first', region: stretch, shownSeconds: stretch })
  const search =
    '?v=1&example=first&size=frames&steps=2&seed=1&schedule=own&loop=0.001-0.002&view=0.001-0.002'
  expect(page().shareAddress()).toBe(search)
  await page().synthesize()
  expect(page().region, 'now there is').toEqual(stretch)
  expect(page().shareAddress()).toBe(search)
  page().loopRegion(undefined)
  expect(page().shareAddress()).not.toContain('loop')
})

test('a loop of an address that does not fit is ignored with a note', async () => {
  const { page } = await openReadyPage({ exampleId: 'first' })
  const stretch = { startSeconds: 50, endSeconds: 60 }
  page().restoreView({ exampleId: 'first', region: stretch, shownSeconds: stretch })
  page().restoreView({ region: stretch })
  expect([page().lastRegion, page().shownSeconds]).toEqual([undefined, undefined])
  expect(page().notes).toEqual([
    'The loop in the address was ignored: the example is 0.00 s long.',
    'The view in the address was ignored: the example is 0.00 s long.',
    'The address says loop, but not of which example; that was ignored.',
  ])
  page().restoreView({ exampleId: 'second', region: stretch })
  expect(page().notes, 'another was opened meanwhile').toHaveLength(3)
})

test('a recording becomes the source', async () => {
  const { page } = await openReadyPage()
  await page().startRecording()
  expect(page().source?.kind).toBe('microphone')
  expect(page().recording).toBeUndefined()
})

test('a microphone that is denied is told, and can be asked for again', async () => {
  let allowed = false
  const clip = { samples: new Float32Array(24), sampleRateHz: 8000 }
  const { page } = await openReadyPage({
    async startRecording() {
      if (!allowed) throw new ProblemError({ code: 'microphone-denied', message: 'Denied.' })
      return { finished: Promise.resolve(clip), stop() {}, cancel() {} }
    },
  })
  await page().startRecording()
  expect(page().problems[0].problem.code).toBe('microphone-denied')
  allowed = true
  await page().retry(page().problems[0].id)
  expect(page().problems).toEqual([])
  expect(page().source?.kind).toBe('microphone')
})

test('an engine that does not start is told once; when it does, the example opens', async () => {
  let works = false
  const { page } = openFakePage({
    engine: {
      async start() {
        if (!works) throw new ProblemError({ code: 'no-backend', message: 'None.' })
        return { name: 'cpu', detail: 'fake', software: false, skipped: [] }
      },
    },
  })
  await Promise.all([page().startEngine(), page().loadExamples()])
  expect(page().engine).toEqual({ state: 'failed', reason: 'None.' })
  expect(page().problems.map(({ problem }) => problem.code)).toEqual(['no-backend'])
  works = true
  await page().retry(page().problems[0].id)
  expect(page().problems).toEqual([])
  expect(page().source?.exampleId).toBe('first')
  expect(page().loadedModels).toEqual(['wavegrad-frames', 'infergrad-frames'])
})

test('weights that do not load are told with a retry, and the other model loads', async () => {
  let intact = false
  const { page } = openFakePage({
    engine: {
      async loadModel(modelId) {
        if (!intact && modelId === 'wavegrad-frames') {
          throw new ProblemError({ code: 'weights-hash', message: 'Damaged.', file: 'model.safetensors' })
        }
        return page().models[0]
      },
    },
  })
  await page().startEngine()
  expect(page().loadedModels).toEqual(['infergrad-frames'])
  expect(page().loads).toEqual({})
  await page().openFiles([file('mel.npy')])
  expect(page().problems).toHaveLength(1)
  intact = true
  await page().retry(page().problems[0].id)
  expect(page().loadedModels).toEqual(['infergrad-frames', 'wavegrad-frames'])
})

test('a model size that does not exist is replaced, with a note', async () => {
  const { page } = await openReadyPage({ search: '?v=1&size=huge' })
  expect(page().settings.size).toBe('frames')
  expect(page().notes).toEqual(['There is no model of size “huge”; “frames” is used.'])
})

test('an engine that gave up is told, and begins anew with the next synthesis', async () => {
  let tell: Parameters<VocoderEngine['onEvent']>[0] = () => {}
  const { page } = await openReadyPage({
    engine: {
      onEvent(listener) {
        tell = listener
        return () => {}
      },
    },
  })
  tell({ kind: 'failed', reason: 'the worker died three times' })
  expect(page().engine.state).toBe('failed')
  expect(page().loadedModels).toEqual([])
  expect(page().problems[0].problem.code).toBe('engine-failed')
  await page().synthesize()
  expect(page().engine.state).toBe('ready')
  expect(page().takes).toHaveLength(3)
})
