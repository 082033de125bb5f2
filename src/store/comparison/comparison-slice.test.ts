import { expect, test } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import type { ModelSummary, SynthesisRequest } from '../../engine/vocoder-engine.ts'
import { takeNames } from '../takes/takes.ts'
import { openFakePage, openReadyPage } from '../testing/fake-services.ts'

const asked: SynthesisRequest[] = []

/** The models of the fakes, with schedules for every number of steps. */
async function open(change: Parameters<typeof openReadyPage>[0] = {}) {
  asked.length = 0
  const listed = openFakePage()
  await listed.page().startEngine()
  const schedules = Object.fromEntries(
    [1, 2, 3, 6].map((steps) => [steps, { betas: Array.from({ length: steps }, () => 0.5), found: '' }]),
  )
  const models: readonly ModelSummary[] = listed.page().models.map((model) => ({ ...model, schedules }))
  return openReadyPage({
    exampleId: 'second',
    ...change,
    engine: {
      listModels: async () => models,
      async synthesize(request) {
        asked.push(request)
        const samples = new Float32Array(24).fill(0.1)
        return { samples, sampleRateHz: 8000, elapsedSeconds: 0.006, backend: 'cpu' }
      },
      ...change.engine,
    },
  })
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

test('both models run at 2, 3 and 6 steps on one seed, kept beside the takes and measured', async () => {
  const { page } = await open()
  page().changeSettings({ seed: 9, steps: '1', scheduleMode: 'shared' })
  await page().compareSteps()
  await settled()
  const { comparison = [], takes, isComparing } = page()
  expect(isComparing).toBe(false)
  expect(comparison.map(({ system, steps, state }) => `${system} ${steps} ${state}`)).toEqual([
    'wavegrad 2 done',
    'infergrad 2 done',
    'wavegrad 3 done',
    'infergrad 3 done',
    'wavegrad 6 done',
    'infergrad 6 done',
  ])
  expect(asked.map(({ modelId, betas, seed }) => [modelId, betas.length, seed])).toEqual([
    ['wavegrad-frames', 2, 9],
    ['infergrad-frames', 2, 9],
    ['wavegrad-frames', 3, 9],
    ['infergrad-frames', 3, 9],
    ['wavegrad-frames', 6, 9],
    ['infergrad-frames', 6, 9],
  ])
  const names = takeNames(takes)
  expect(names.get(comparison[5].takeId ?? '')).toBe('InferGrad, 6 steps, seed 9')
  for (const { takeId } of comparison)
    expect(takes.find(({ id }) => id === takeId)).toMatchObject({
      place: 'kept',
      quality: { against: 'recording' },
    })
})

test('what is done stays: a second press makes only what is missing, another seed all anew', async () => {
  const { page, clips } = await open()
  await page().compareSteps()
  await page().compareSteps()
  expect(asked).toHaveLength(6)
  const first = page().comparison?.[0].takeId ?? ''
  page().changeSettings({ seed: 2 })
  await page().compareSteps()
  expect(asked).toHaveLength(12)
  expect(clips.has(first)).toBe(false)
  expect(page().takes.filter(({ place }) => place === 'kept')).toHaveLength(6)
})

test('other corrections make all anew, and asking for what the models have of their own makes nothing', async () => {
  const { page } = await open()
  await page().compareSteps()
  page().changeSettings({ corrections: 16 })
  await page().compareSteps()
  expect(asked).toHaveLength(6)
  page().changeSettings({ corrections: 0 })
  await page().compareSteps()
  expect(asked.slice(6).map(({ corrections }) => corrections.count)).toEqual([0, 0, 0, 0, 0, 0])
})

test('the control is a row of its own where the settings want it, once whatever the steps', async () => {
  const { page } = await open()
  page().changeSettings({ control: true, corrections: 4 })
  await page().compareSteps()
  await settled()
  const { comparison = [], takes } = page()
  expect(comparison.map(({ system, steps }) => `${system} ${steps}`).slice(0, 2)).toEqual([
    'no-network 0',
    'wavegrad 2',
  ])
  expect(comparison).toHaveLength(7)
  expect(takes.find(({ id }) => id === comparison[0].takeId)).toMatchObject({
    system: 'no-network',
    making: { modelId: 'infergrad-frames', corrections: { count: 4 } },
    quality: { against: 'recording' },
  })
  const csv = await new Blob([page().comparisonAsCsv()?.bytes ?? '']).text()
  expect(csv).toMatch(/\r\nthis machine,No network,0,1,Second,infergrad-frames,,4,0,1,/)
  await page().compareSteps()
  expect(asked, 'all are there').toHaveLength(6)
})

test('models of another size make all anew', async () => {
  const { page, store } = await open()
  await page().compareSteps()
  const { models } = page()
  const large = models.map((model) => ({ ...model, id: `${model.objective}-large`, size: 'large' }))
  store.setState({ models: [...models, ...large] })
  page().changeSettings({ size: 'large' })
  await page().compareSteps()
  expect(asked.slice(6).map(({ modelId }) => modelId)).toEqual([
    'wavegrad-large',
    'infergrad-large',
    'wavegrad-large',
    'infergrad-large',
    'wavegrad-large',
    'infergrad-large',
  ])
})

test('a cancel keeps what is done, and the next press goes on from there', async () => {
  const { page } = await open({
    engine: {
      async synthesize(request, { signal } = {}) {
        asked.push(request)
        if (asked.length === 3) page().cancelComparison()
        signal?.throwIfAborted()
        return {
          samples: new Float32Array(24).fill(0.1),
          sampleRateHz: 8000,
          elapsedSeconds: 1,
          backend: 'cpu',
        }
      },
    },
  })
  await page().compareSteps()
  expect(page().comparison?.map(({ state }) => state)).toEqual([
    'done',
    'done',
    'waiting',
    'waiting',
    'waiting',
    'waiting',
  ])
  expect(page()).toMatchObject({ isComparing: false, problems: [] })
  await page().compareSteps()
  expect(page().comparison?.every(({ state }) => state === 'done')).toBe(true)
  expect(asked).toHaveLength(7)
})

test('a run that fails is reported, and the others go on', async () => {
  const { page } = await open({
    engine: {
      async synthesize({ modelId }) {
        if (modelId === 'wavegrad-frames') throw new ProblemError({ code: 'broken', message: 'Broken.' })
        return {
          samples: new Float32Array(24).fill(0.1),
          sampleRateHz: 8000,
          elapsedSeconds: 1,
          backend: 'cpu',
        }
      },
    },
  })
  await page().compareSteps()
  expect(page().comparison?.map(({ state }) => state)).toEqual([
    'failed',
    'done',
    'failed',
    'done',
    'failed',
    'done',
  ])
  expect(page().problems.map(({ problem }) => problem.code)).toEqual(['broken'])
})

test('another source takes the table away', async () => {
  const { page } = await open()
  await page().compareSteps()
  await page().openExample('first')
  expect(page().comparison).toBeUndefined()
  expect(page().comparisonAsCsv()).toBeUndefined()
})

test('the table as CSV has the measured rows, then the authors’', async () => {
  const { page } = await open()
  await page().compareSteps()
  await settled()
  const file = page().comparisonAsCsv()
  expect(file?.name).toBe('second-comparison.csv')
  const lines = (file ? await new Blob([file.bytes]).text() : '').trimEnd().split('\r\n')
  const columns = lines[0].split(',')
  expect(lines).toHaveLength(1 + 6 + 10)
  for (const line of lines) expect(line.split(',').length).toBeGreaterThanOrEqual(columns.length)
  const first = lines[1].split(',')
  const cell = (name: string) => first[columns.indexOf(name)]
  expect([cell('made_by'), cell('system'), cell('steps'), cell('lsd_db')]).toEqual([
    'this machine',
    'WaveGrad',
    '2',
    '10',
  ])
  expect(lines[7]).toMatch(/^the authors,"WaveGrad, baseline",2,6,LJ001/)
})
