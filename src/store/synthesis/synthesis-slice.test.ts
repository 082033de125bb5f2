import { expect, test, vi } from 'vitest'
import type { ControlRequest, SynthesisRequest } from '../../engine/vocoder-engine.ts'
import type { Take } from '../takes/take.ts'
import { currentTake } from '../takes/takes.ts'
import { melReport } from '../testing/fake-analysis.ts'
import { fakeSpeech, openReadyPage } from '../testing/fake-services.ts'

const systemsOf = (takes: readonly Take[]) => takes.map(({ system }) => system)

test('synthesis makes one take per system, in the order of the cards', async () => {
  const { actions, page } = await openReadyPage()
  await actions.synthesis.run()
  expect(systemsOf(page().takes.all)).toEqual(['wavegrad', 'infergrad', 'griffin-lim'])
  expect(page().synthesis.runs).toBeUndefined()
})

test('a take says how it was made', async () => {
  const { actions, page } = await openReadyPage({ search: '?seed=7' })
  await actions.synthesis.run()
  // 24 samples at 8 kHz are 3 ms, and the fake engine reports that the synthesis took 6 ms.
  expect(page().takes.all[1].making).toEqual({
    elapsedSeconds: 0.006,
    realTimeFactor: 2,
    seed: 7,
    modelId: 'infergrad-frames',
    betas: [0.1, 0.9],
    corrections: { count: 16, momentum: 0.9, scope: 'all', asked: false },
    backend: 'cpu',
  })
})

test('takes are measured against the recording if there is one, otherwise against the mel', async () => {
  const alone = await openReadyPage({ exampleId: 'first' })
  await alone.actions.synthesis.run()
  await vi.waitFor(() =>
    expect(alone.page().takes.all[0].quality).toEqual({ against: 'mel', melErrorNats: 0.7 }),
  )
  const beside = await openReadyPage({ exampleId: 'second' })
  await beside.actions.synthesis.run()
  await vi.waitFor(() => expect(beside.page().takes.all[0].quality?.against).toBe('recording'))
  expect(systemsOf(beside.page().takes.all)).toEqual(['wavegrad', 'infergrad', 'griffin-lim', 'recording'])
  expect(beside.page().takes.all[3].quality).toBeUndefined()
})

test('each model runs on its own schedule, or both on InferGrad’s', async () => {
  const requests: SynthesisRequest[] = []
  const { actions } = await openReadyPage({
    engine: {
      async synthesize(request) {
        requests.push(request)
        return fakeSpeech(0)
      },
    },
  })
  await actions.synthesis.run()
  actions.synthesis.changeSettings({ scheduleMode: 'shared' })
  await actions.synthesis.run()
  expect(requests.map(({ modelId, betas }) => [modelId, betas])).toEqual([
    ['infergrad-frames', [0.1, 0.9]],
    ['wavegrad-frames', [0.01, 0.5]],
    ['infergrad-frames', [0.1, 0.9]],
    ['wavegrad-frames', [0.1, 0.9]],
  ])
})

test('corrections are the model’s own until the settings have others, which takes and file names then mention', async () => {
  const requests: SynthesisRequest[] = []
  const { actions, page } = await openReadyPage({
    exampleId: 'second',
    engine: {
      async synthesize(request) {
        requests.push(request)
        return fakeSpeech(0)
      },
    },
  })
  const made = async () => {
    await actions.synthesis.run()
    const [{ id, making }] = page().takes.all
    return [making?.corrections, (await actions.takes.asWav(id, 'pcm16'))?.name]
  }
  expect(await made()).toEqual([
    { count: 16, momentum: 0.9, scope: 'all', asked: false },
    'second-wavegrad-frames-2-steps-seed-1.wav',
  ])
  actions.synthesis.changeSettings({ corrections: 4 })
  expect(await made()).toEqual([
    { count: 4, momentum: 0, scope: 'all', asked: true },
    'second-wavegrad-frames-2-steps-4-corrections-seed-1.wav',
  ])
  actions.synthesis.changeSettings({ corrections: 0 })
  expect(await made()).toEqual([
    { count: 0, momentum: 0, scope: 'all', asked: true },
    'second-wavegrad-frames-2-steps-no-corrections-seed-1.wav',
  ])
  actions.synthesis.changeSettings({ corrections: undefined })
  expect((await made())[0]).toMatchObject({ count: 16, asked: false })
  expect(
    requests.filter(({ modelId }) => modelId === 'wavegrad-frames').map((one) => one.corrections),
  ).toEqual([
    { count: 16, momentum: 0.9, scope: 'all' },
    { count: 4, momentum: 0, scope: 'all' },
    { count: 0, momentum: 0, scope: 'all' },
    { count: 16, momentum: 0.9, scope: 'all' },
  ])
})

test('if requested, there is a take without a network, with the settings except for the steps', async () => {
  const requests: ControlRequest[] = []
  const { actions, page, clips } = await openReadyPage({
    exampleId: 'second',
    search: '?seed=7&corrections=4&control=on',
    engine: {
      async synthesizeWithoutNetwork(request) {
        requests.push(request)
        return fakeSpeech(0.3, 0.003)
      },
    },
  })
  await actions.synthesis.run()
  expect(systemsOf(page().takes.all)).toEqual([
    'wavegrad',
    'infergrad',
    'no-network',
    'griffin-lim',
    'recording',
  ])
  const control = page().takes.all[2]
  expect(control.making).toEqual({
    elapsedSeconds: 0.003,
    realTimeFactor: 1,
    seed: 7,
    modelId: 'infergrad-frames',
    corrections: { count: 4, momentum: 0, scope: 'all', asked: true },
    backend: 'cpu',
  })
  expect(requests).toMatchObject([
    { modelId: 'infergrad-frames', seed: 7, corrections: { count: 4, momentum: 0, scope: 'all' } },
  ])
  expect((await actions.takes.asWav(control.id, 'pcm16'))?.name).toBe(
    'second-no-network-4-corrections-seed-7.wav',
  )
  await vi.waitFor(() =>
    expect(page().takes.all.find(({ id }) => id === control.id)?.quality?.against).toBe('recording'),
  )
  actions.synthesis.changeSettings({ control: false })
  expect(systemsOf(page().takes.all)).not.toContain('no-network')
  expect(clips.has(control.id)).toBe(false)
  await actions.synthesis.run()
  expect(requests).toHaveLength(1)
})

test('a long waveform can be heard while the rest of it is made', async () => {
  const seen: (number | undefined)[] = []
  const rate = 8000
  const { actions, page, clips, streamPlayer } = await openReadyPage({
    analysis: {
      // 16,000 frames of 4 samples are 8 seconds.
      open: async () => ({
        kind: 'mel',
        mel: { frames: 16_000, bands: 2, values: new Float32Array(32_000) },
        report: melReport,
      }),
    },
    engine: {
      async stream({ modelId }, { onProgress } = {}) {
        // The second piece starts over, as after a failure; only the others are part of the take.
        if (modelId === 'infergrad-frames')
          for (const [startSample, value] of [
            [0, 0.1],
            [0, 0.2],
            [rate, 0.3],
          ]) {
            const piece = { startSample, samples: new Float32Array(rate).fill(value) }
            onProgress?.({ step: 1, steps: 2, fraction: 0.5, piece })
            const run = page().synthesis.runs?.find(({ system }) => system === 'infergrad')
            seen.push(run?.madeSeconds)
            await actions.synthesis.listen()
            expect(page().synthesis.listening).toBe(true)
          }
        return { sampleRateHz: rate, elapsedSeconds: 1, backend: 'cpu' }
      },
    },
  })
  await actions.synthesis.run()
  expect(seen).toEqual([1, 1, 2])
  expect(streamPlayer.sampleRateHz).toBe(rate)
  expect(streamPlayer.pieces.map(({ length }) => length)).toEqual([rate, rate])
  const { samples } = clips.get(currentTake(page().takes.all, 'infergrad')?.id ?? '')
  expect(samples).toHaveLength(64_000)
  expect([samples[0], samples[rate], samples[2 * rate]]).toEqual([0.2, 0.3, 0].map(Math.fround))
  // What is heard is a part of the take, not another copy of it.
  for (const piece of streamPlayer.pieces) expect(piece.buffer).toBe(samples.buffer)
  expect(streamPlayer.finished).toBe(true)
  actions.synthesis.stopListening()
  expect(page().synthesis.listening).toBe(false)
})

test.each([
  [false, ['infergrad', 'wavegrad', 'griffin-lim', 'figures after']],
  [true, ['griffin-lim', 'infergrad', 'wavegrad', 'figures beside']],
])(
  'Griffin-Lim and figures run beside the vocoders only if there is a spare core (%s)',
  async (spareCore, order) => {
    const begun: string[] = []
    const note = (what: string) => {
      if (!begun.includes(what)) begun.push(what)
    }
    const { actions, page } = await openReadyPage({
      spareCore,
      engine: {
        async synthesize({ modelId }) {
          note(modelId.replace('-frames', ''))
          await new Promise((resolve) => setTimeout(resolve, 20))
          return fakeSpeech(0)
        },
      },
      analysis: {
        async griffinLim() {
          note('griffin-lim')
          await new Promise((resolve) => setTimeout(resolve, 30))
          return { samples: new Float32Array(24), sampleRateHz: 8000 }
        },
        async compare() {
          note(page().synthesis.runs ? 'figures beside' : 'figures after')
          return {}
        },
      },
    })
    await actions.synthesis.run()
    await vi.waitFor(() => expect(begun.slice(0, 4)).toEqual(order))
  },
)

test('downloads are named after what they are', async () => {
  const { actions, page } = await openReadyPage({ exampleId: 'second' })
  await actions.synthesis.run()
  const names = await Promise.all(
    page().takes.all.map(async ({ id }) => (await actions.takes.asWav(id, 'pcm16'))?.name),
  )
  expect(names).toEqual([
    'second-wavegrad-frames-2-steps-seed-1.wav',
    'second-infergrad-frames-2-steps-seed-1.wav',
    'second-griffin-lim.wav',
    'second-recording.wav',
  ])
  expect((await actions.source.melAsNpy())?.name).toBe('second-mel.npy')
})
