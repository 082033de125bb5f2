import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import type { ControlRequest, SynthesisRequest } from '../../engine/vocoder-engine.ts'
import type { Take } from '../state.ts'
import { openReadyPage } from '../testing/fake-services.ts'

const systemsOf = (takes: readonly Take[]) => takes.map(({ system }) => system)
const outOfMemory = new ProblemError({ code: 'out-of-memory', message: 'No memory.' })

/** Ends only when it is cancelled. */
function untilCancelled(signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
}

test('synthesis makes one take per system, in the order of the cards', async () => {
  const { page } = await openReadyPage()
  await page().synthesize()
  expect(systemsOf(page().takes)).toEqual(['wavegrad', 'infergrad', 'griffin-lim'])
  expect(page().runs).toBeUndefined()
})

test('a take says how it was made', async () => {
  const { page } = await openReadyPage({ search: '?seed=7' })
  await page().synthesize()
  // 24 samples at 8 kHz are 3 ms; the fake engine says that it took 6.
  expect(page().takes[1].making).toEqual({
    elapsedSeconds: 0.006,
    realTimeFactor: 2,
    seed: 7,
    modelId: 'infergrad-frames',
    betas: [0.1, 0.9],
    corrections: { count: 16, momentum: 0.9, asked: false },
    backend: 'cpu',
  })
})

test('takes are measured against the recording where there is one, else against the mel', async () => {
  const alone = await openReadyPage({ exampleId: 'first' })
  await alone.page().synthesize()
  await vi.waitFor(() => expect(alone.page().takes[0].quality).toEqual({ against: 'mel', melErrorNats: 0.7 }))
  const beside = await openReadyPage({ exampleId: 'second' })
  await beside.page().synthesize()
  await vi.waitFor(() => expect(beside.page().takes[0].quality?.against).toBe('recording'))
  expect(systemsOf(beside.page().takes)).toEqual(['wavegrad', 'infergrad', 'griffin-lim', 'recording'])
  expect(beside.page().takes[3].quality).toBeUndefined()
})

test('each model runs on its own schedule, or both on InferGrad’s', async () => {
  const requests: SynthesisRequest[] = []
  const { page } = await openReadyPage({
    engine: {
      async synthesize(request) {
        requests.push(request)
        return { samples: new Float32Array(24), sampleRateHz: 8000, elapsedSeconds: 1, backend: 'cpu' }
      },
    },
  })
  await page().synthesize()
  page().changeSettings({ scheduleMode: 'shared' })
  await page().synthesize()
  expect(requests.map(({ betas }) => betas)).toEqual([
    [0.01, 0.5],
    [0.1, 0.9],
    [0.1, 0.9],
    [0.1, 0.9],
  ])
})

test('corrections are the model’s own until the settings ask for others, which takes and files then say', async () => {
  const requests: SynthesisRequest[] = []
  const { page } = await openReadyPage({
    exampleId: 'second',
    engine: {
      async synthesize(request) {
        requests.push(request)
        return { samples: new Float32Array(24), sampleRateHz: 8000, elapsedSeconds: 1, backend: 'cpu' }
      },
    },
  })
  const made = async () => {
    await page().synthesize()
    const [{ id, making }] = page().takes
    return [making?.corrections, (await page().takeAsWav(id, 'pcm16'))?.name]
  }
  expect(await made()).toEqual([
    { count: 16, momentum: 0.9, asked: false },
    'second-wavegrad-frames-2-steps-seed-1.wav',
  ])
  page().changeSettings({ corrections: 4 })
  expect(await made()).toEqual([
    { count: 4, momentum: 0, asked: true },
    'second-wavegrad-frames-2-steps-4-corrections-seed-1.wav',
  ])
  page().changeSettings({ corrections: 0 })
  expect(await made()).toEqual([
    { count: 0, momentum: 0, asked: true },
    'second-wavegrad-frames-2-steps-no-corrections-seed-1.wav',
  ])
  page().changeSettings({ corrections: undefined })
  expect((await made())[0]).toMatchObject({ count: 16, asked: false })
  expect(
    requests.filter(({ modelId }) => modelId === 'wavegrad-frames').map((one) => one.corrections),
  ).toEqual([
    { count: 16, momentum: 0.9 },
    { count: 4, momentum: 0 },
    { count: 0, momentum: 0 },
    { count: 16, momentum: 0.9 },
  ])
})

test('where it is wanted there is a take without a network, as the settings are but for the steps', async () => {
  const requests: ControlRequest[] = []
  const { page, clips } = await openReadyPage({
    exampleId: 'second',
    search: '?seed=7&corrections=4&control=on',
    engine: {
      async synthesizeWithoutNetwork(request) {
        requests.push(request)
        return {
          samples: new Float32Array(24).fill(0.3),
          sampleRateHz: 8000,
          elapsedSeconds: 0.003,
          backend: 'cpu',
        }
      },
    },
  })
  await page().synthesize()
  expect(systemsOf(page().takes)).toEqual(['wavegrad', 'infergrad', 'no-network', 'griffin-lim', 'recording'])
  const control = page().takes[2]
  expect(control.making).toEqual({
    elapsedSeconds: 0.003,
    realTimeFactor: 1,
    seed: 7,
    modelId: 'infergrad-frames',
    corrections: { count: 4, momentum: 0, asked: true },
    backend: 'cpu',
  })
  expect(requests).toMatchObject([
    { modelId: 'infergrad-frames', seed: 7, corrections: { count: 4, momentum: 0 } },
  ])
  expect((await page().takeAsWav(control.id, 'pcm16'))?.name).toBe(
    'second-no-network-4-corrections-seed-7.wav',
  )
  await vi.waitFor(() =>
    expect(page().takes.find(({ id }) => id === control.id)?.quality?.against).toBe('recording'),
  )
  page().changeSettings({ control: false })
  expect(systemsOf(page().takes)).not.toContain('no-network')
  expect(clips.has(control.id)).toBe(false)
  await page().synthesize()
  expect(requests).toHaveLength(1)
})

test('a cancel ends the run, keeps the earlier takes, and is no problem', async () => {
  let patient = false
  const { page } = await openReadyPage({
    engine: {
      async synthesize(_, { signal } = {}) {
        if (patient) return untilCancelled(signal)
        return { samples: new Float32Array(24), sampleRateHz: 8000, elapsedSeconds: 1, backend: 'cpu' }
      },
    },
    analysis: {
      griffinLim: async (_, { signal } = {}) => {
        if (patient) await untilCancelled(signal)
        return { samples: new Float32Array(24), sampleRateHz: 8000 }
      },
    },
  })
  await page().synthesize()
  const before = page().takes.map(({ id }) => id)
  patient = true
  const running = page().synthesize()
  await vi.waitFor(() => expect(page().runs?.[0].state).toBe('running'))
  page().cancel()
  await running
  expect(page().runs).toBeUndefined()
  expect(page().problems).toEqual([])
  expect(page().takes.map(({ id }) => id)).toEqual(before)
})

test.each([
  [false, ['wavegrad', 'infergrad', 'griffin-lim', 'figures after']],
  [true, ['griffin-lim', 'wavegrad', 'infergrad', 'figures beside']],
])(
  'Griffin-Lim and figures run beside the vocoders only where there is a core for them (%s)',
  async (spareCore, order) => {
    const begun: string[] = []
    const note = (what: string) => {
      if (!begun.includes(what)) begun.push(what)
    }
    const { page } = await openReadyPage({
      spareCore,
      engine: {
        async synthesize({ modelId }) {
          note(modelId.replace('-frames', ''))
          await new Promise((resolve) => setTimeout(resolve, 20))
          return { samples: new Float32Array(24), sampleRateHz: 8000, elapsedSeconds: 1, backend: 'cpu' }
        },
      },
      analysis: {
        async griffinLim() {
          note('griffin-lim')
          await new Promise((resolve) => setTimeout(resolve, 30))
          return { samples: new Float32Array(24), sampleRateHz: 8000 }
        },
        async melError() {
          note(page().runs ? 'figures beside' : 'figures after')
          return 0.7
        },
      },
    })
    await page().synthesize()
    await vi.waitFor(() => expect(begun.slice(0, 4)).toEqual(order))
  },
)

test('when one model fails, the others go on, and its earlier take stays', async () => {
  let broken = false
  const { page } = await openReadyPage({
    engine: {
      async synthesize({ modelId }) {
        if (broken && modelId === 'wavegrad-frames') throw outOfMemory
        return { samples: new Float32Array(24), sampleRateHz: 8000, elapsedSeconds: 1, backend: 'cpu' }
      },
    },
  })
  await page().synthesize()
  const [earlierWavegrad, earlierInfergrad] = page().takes
  broken = true
  await page().synthesize()
  expect(page().takes[0].id).toBe(earlierWavegrad.id)
  expect(page().takes[1].id).not.toBe(earlierInfergrad.id)
  expect(page().problems.map(({ problem }) => problem.code)).toEqual(['out-of-memory'])
  broken = false
  await page().retry(page().problems[0].id)
  expect(page().problems).toEqual([])
  expect(page().takes[0].id).not.toBe(earlierWavegrad.id)
})

test('betas that cannot be read start nothing', async () => {
  const synthesize = vi.fn(() => untilCancelled())
  const { page } = await openReadyPage({ engine: { synthesize } })
  page().changeSettings({ steps: 'custom', customBetas: '0.1, 2' })
  await page().synthesize()
  expect(synthesize).not.toHaveBeenCalled()
  expect(page().problems[0].problem.code).toBe('betas-invalid')
})

test('a number of steps without a schedule is refused with those that there are', async () => {
  const { page } = await openReadyPage({ search: '?steps=6' })
  await page().synthesize()
  expect(page().problems[0].problem).toMatchObject({ code: 'schedule-missing', accepted: '2' })
})

test('a replaced take frees its samples', async () => {
  const { page, clips } = await openReadyPage()
  await page().synthesize()
  const { id } = page().takes[0]
  await page().synthesize()
  expect(clips.has(id)).toBe(false)
  expect(clips.has(page().takes[0].id)).toBe(true)
})

test('who listens to a take hears its successor', async () => {
  const { page } = await openReadyPage()
  await page().synthesize()
  page().select(page().takes[1].id)
  await page().synthesize()
  expect(page().audibleId).toBe(page().takes[1].id)
})

test('levels are matched by turning down to the quietest take, and the switch gives them back', async () => {
  const { page, player } = await openReadyPage()
  await page().synthesize()
  const gains = () => player.takes.map(({ gainDb }) => Number(gainDb.toFixed(2)))
  // Amplitudes 0.1, 0.2 and 0.25: 20 log10 of their ratios.
  await vi.waitFor(() => expect(gains()).toEqual([0, -6.02, -7.96]))
  page().matchLevels(false)
  expect(gains()).toEqual([0, 0, 0])
})

test('downloads are named after what they are', async () => {
  const { page } = await openReadyPage({ exampleId: 'second' })
  await page().synthesize()
  const names = await Promise.all(
    page().takes.map(async ({ id }) => (await page().takeAsWav(id, 'pcm16'))?.name),
  )
  expect(names).toEqual([
    'second-wavegrad-frames-2-steps-seed-1.wav',
    'second-infergrad-frames-2-steps-seed-1.wav',
    'second-griffin-lim.wav',
    'second-recording.wav',
  ])
  expect((await page().melAsNpy())?.name).toBe('second-mel.npy')
})
