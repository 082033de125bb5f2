import { expect, test } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import type { ModelSummary, SynthesisRequest } from '../../engine/vocoder-engine.ts'
import { takeNames } from '../takes/takes.ts'
import { openFakePage, openReadyPage } from '../testing/fake-services.ts'

const asked: SynthesisRequest[] = []

/** Opens a page with the fake models, which have schedules for every number of steps. */
async function open(change: Parameters<typeof openReadyPage>[0] = {}) {
  asked.length = 0
  const listed = openFakePage()
  await listed.actions.synthesis.startEngine()
  const schedules = Object.fromEntries(
    [1, 2, 3, 6].map((steps) => [steps, { betas: Array.from({ length: steps }, () => 0.5), found: '' }]),
  )
  const models: readonly ModelSummary[] = listed.page().models.all.map((model) => ({ ...model, schedules }))
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
  const { actions, page } = await open()
  actions.synthesis.changeSettings({ seed: 9, steps: '1', scheduleMode: 'shared' })
  await actions.comparison.run()
  await settled()
  const { rows: comparison = [], running: isComparing } = page().comparison
  const takes = page().takes.all
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
  const { actions, page, clips } = await open()
  await actions.comparison.run()
  await actions.comparison.run()
  expect(asked).toHaveLength(6)
  const first = page().comparison.rows?.[0].takeId ?? ''
  actions.synthesis.changeSettings({ seed: 2 })
  await actions.comparison.run()
  expect(asked).toHaveLength(12)
  expect(clips.has(first)).toBe(false)
  expect(page().takes.all.filter(({ place }) => place === 'kept')).toHaveLength(6)
})

test('other corrections make all anew, and asking for what the models have of their own makes nothing', async () => {
  const { actions } = await open()
  await actions.comparison.run()
  actions.synthesis.changeSettings({ corrections: 16 })
  await actions.comparison.run()
  expect(asked).toHaveLength(6)
  actions.synthesis.changeSettings({ corrections: 0 })
  await actions.comparison.run()
  expect(asked.slice(6).map(({ corrections }) => corrections.count)).toEqual([0, 0, 0, 0, 0, 0])
})

test('the control is a row of its own where the settings want it, once whatever the steps', async () => {
  const { actions, page } = await open()
  actions.synthesis.changeSettings({ control: true, corrections: 4 })
  await actions.comparison.run()
  await settled()
  const { rows: comparison = [] } = page().comparison
  const takes = page().takes.all
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
  const csv = await new Blob([actions.comparison.asCsv()?.bytes ?? '']).text()
  expect(csv).toMatch(/\r\nthis machine,No network,0,1,Second,infergrad-frames,,4,0,1,/)
  await actions.comparison.run()
  expect(asked, 'all are there').toHaveLength(6)
})

test('models of another size make all anew', async () => {
  const { actions, page, change } = await open()
  await actions.comparison.run()
  const models = page().models.all
  const large = models.map((model) => ({ ...model, id: `${model.objective}-large`, size: 'large' }))
  change('models', { all: [...models, ...large] })
  actions.synthesis.changeSettings({ size: 'large' })
  await actions.comparison.run()
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
  const { actions, page } = await open({
    engine: {
      async synthesize(request, { signal } = {}) {
        asked.push(request)
        if (asked.length === 3) actions.comparison.cancel()
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
  await actions.comparison.run()
  expect(page().comparison.rows?.map(({ state }) => state)).toEqual([
    'done',
    'done',
    'waiting',
    'waiting',
    'waiting',
    'waiting',
  ])
  expect(page().comparison.running).toBe(false)
  expect(page().problems.shown).toEqual([])
  await actions.comparison.run()
  expect(page().comparison.rows?.every(({ state }) => state === 'done')).toBe(true)
  expect(asked).toHaveLength(7)
})

test('a run that fails is reported, and the others go on', async () => {
  const { actions, page } = await open({
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
  await actions.comparison.run()
  expect(page().comparison.rows?.map(({ state }) => state)).toEqual([
    'failed',
    'done',
    'failed',
    'done',
    'failed',
    'done',
  ])
  expect(page().problems.shown.map(({ problem }) => problem.code)).toEqual(['broken'])
})

test('another source takes the table away', async () => {
  const { actions, page } = await open()
  await actions.comparison.run()
  await actions.source.openExample('first')
  expect(page().comparison.rows).toEqual([])
  expect(actions.comparison.asCsv()).toBeUndefined()
})

test('the table as CSV has the measured rows, then the authors’', async () => {
  const { actions } = await open()
  await actions.comparison.run()
  await settled()
  const file = actions.comparison.asCsv()
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
