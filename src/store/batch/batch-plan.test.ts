import { expect, test } from 'vitest'
import { openReadyPage } from '../testing/fake-services.ts'
import { outputsFor } from './batch-plan.ts'
import type { BatchItem, PlannedOutput } from './batch-state.ts'

test('without a system a batch does not start, and says why', async () => {
  const { actions, page } = await openReadyPage()
  for (const system of page().batch.systems) actions.batch.chooseSystem(system, false)
  await actions.batch.start()
  expect(page().problems.shown).toMatchObject([{ problem: { code: 'batch-no-system' } }])
  expect(page().batch.status).toBe('idle')
})

const corrections = { count: 16, momentum: 0.9, scope: 'all', asked: false } as const
const planned: PlannedOutput = {
  system: 'infergrad',
  modelId: 'infergrad-small',
  weightsSha256: 'a1',
  betas: [0.1, 0.5],
  corrections,
  seed: 1,
  encoding: 'pcm16',
}
const making = { modelId: 'infergrad-small', seed: 1, elapsedSeconds: 1, realTimeFactor: 2 }
const result = {
  planned,
  keptAs: 'a.wav',
  making,
  sampleRateHz: 22_050,
  loudnessLufs: -20,
  audioSha256: 'b2',
}
const item: BatchItem = {
  id: 'a',
  name: 'a.npy',
  state: 'done',
  outputs: [{ system: 'infergrad', state: 'done', fraction: 1, result }],
}

test('an output that was made as planned stays', () => {
  expect(outputsFor(item, [{ ...planned }])).toEqual(item.outputs)
  expect(outputsFor(item, [])).toEqual(item.outputs)
})

test.each<[string, Partial<PlannedOutput>]>([
  ['model', { modelId: 'infergrad' }],
  ['weights', { weightsSha256: 'c3' }],
  ['schedule', { betas: [0.1, 0.6] }],
  ['number of corrections', { corrections: { ...corrections, count: 4 } }],
  ['momentum of corrections', { corrections: { ...corrections, momentum: 0 } }],
  ['scope of corrections', { corrections: { ...corrections, scope: 'voiced' } }],
  ['request for corrections, which names the file', { corrections: { ...corrections, asked: true } }],
  ['seed', { seed: 2 }],
  ['encoding', { encoding: 'float32' }],
])('an output is made again with another %s', (_, change) => {
  expect(outputsFor(item, [{ ...planned, ...change }])).toEqual([
    { system: 'infergrad', state: 'waiting', fraction: 0 },
  ])
})
