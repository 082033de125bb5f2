import { expect, test } from 'vitest'
import { drawTrials } from '../../listening/plans/draw-trials.ts'
import { planOf } from '../../listening/testing/sessions.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { rehearsalTrials } from './rehearsal.ts'
import type { RunningTest } from './test-state.ts'

const condition = {
  label: 'WaveGrad',
  kind: 'model',
  modelId: 'wavegrad-frames',
  schedule: '2',
  seed: 1,
} as const
const abx = {
  ...planOf('abx', { trials: 8 }),
  clips: [{ kind: 'source' }],
  conditions: [
    { ...condition, id: 'w' },
    { ...condition, id: 'i', label: 'InferGrad', modelId: 'infergrad-frames' },
  ],
} as const

type Page = Awaited<ReturnType<typeof openReadyPage>>

function running({ page }: Page): RunningTest {
  const { current } = page().test
  if (current?.phase !== 'running') throw new Error(`the test is ${current?.phase}`)
  return current
}

async function answer(page: Page, choice: 0 | 1): Promise<void> {
  for (const key of running(page).keys) await page.actions.test.playStimulus(key)
  await page.actions.test.answerTrial({ kind: 'abx', choice })
}

test('a rehearsal has two trials in an order of its own, even for a test with one page', () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => planOf('abx', { trials: 8, seed }))
  for (const plan of seeds) expect(rehearsalTrials(plan, 3)).toHaveLength(2)
  const sameStarts = seeds.filter(
    (plan) => JSON.stringify(rehearsalTrials(plan, 3)) === JSON.stringify(drawTrials(plan, 3).slice(0, 2)),
  )
  expect(sameStarts.length).toBeLessThan(seeds.length / 2)
  expect(rehearsalTrials(planOf('mushra', { trials: 1, clips: 1 }), 1)).toHaveLength(2)
})

test('shows the truth after each answer, records nothing, and starts the test without making anything again', async () => {
  let syntheses = 0
  const page = await openReadyPage({
    engine: {
      async synthesize({ modelId }) {
        syntheses++
        const samples = new Float32Array(24).fill(modelId === 'wavegrad-frames' ? 0.1 : 0.2)
        return { samples, sampleRateHz: 8000, elapsedSeconds: 1, backend: 'cpu' }
      },
    },
  })
  const { actions } = page
  await actions.test.rehearse(abx)
  expect(running(page)).toMatchObject({ trial: 0, trials: 2, rehearsal: {} })
  for (const trial of [0, 1]) {
    expect(running(page).rehearsal?.revealed).toBeUndefined()
    actions.test.continueRehearsal()
    expect(running(page).trial).toBe(trial)
    // The fake WaveGrad is the quieter of the two, and its take has the larger gain.
    const value = (key: string) => page.testPlayer.takes.find(({ id }) => id === key)?.samples[0]
    const labelOf = (key: string) => (value(key) === value('x') ? 'x' : 'other')
    await answer(page, labelOf('a') === 'x' ? 0 : 1)
    const isWaveGrad = (key: string) => Math.abs((value(key) ?? 0) - 0.1) < 0.01
    expect(running(page).rehearsal?.revealed).toEqual({
      identities: [
        { key: 'a', label: isWaveGrad('a') ? 'WaveGrad' : 'InferGrad' },
        { key: 'b', label: isWaveGrad('b') ? 'WaveGrad' : 'InferGrad' },
      ],
      xIs: labelOf('a') === 'x' ? 'A' : 'B',
      isCorrect: true,
    })
    const { revealed } = running(page).rehearsal ?? {}
    await actions.test.answerTrial({ kind: 'abx', choice: 1 })
    expect(running(page).rehearsal?.revealed, 'a second answer changes nothing').toBe(revealed)
    actions.test.continueRehearsal()
  }
  expect(page.page().test).toMatchObject({ running: false, current: { phase: 'rehearsed', trials: 8 } })
  expect(page.folders.get('listening-test')?.files.size ?? 0).toBe(0)

  await actions.test.start(abx)
  expect(running(page)).toMatchObject({ trial: 0, trials: 8, heard: [] })
  expect(running(page).rehearsal).toBeUndefined()
  expect(syntheses).toBe(2)
  for (let trial = 0; trial < 8; trial++) await answer(page, 0)
  const done = page.page().test.current
  expect(done?.phase === 'done' && done.session).toMatchObject({ trials: drawTrials(abx, 1), takenBack: 0 })
})

test('a rehearsal can be stopped, and leaves no result', async () => {
  const page = await openReadyPage()
  await page.actions.test.rehearse(abx)
  await page.actions.test.stop('result')
  expect(page.page().test).toMatchObject({ running: false, current: undefined })
  expect(page.testPlayer.takes).toEqual([])
})

test('a test that starts silences every other player', async () => {
  const page = await openReadyPage()
  const { player, samplePlayer, readingPlayer, streamPlayer, comparisonPlayer } = page
  for (const playing of [player, samplePlayer, readingPlayer, streamPlayer, comparisonPlayer]) {
    await playing.play()
    expect(playing.state.playing).toBe(true)
    await page.actions.test.start(abx)
    expect(playing.state.playing).toBe(false)
    await page.actions.test.stop('nothing')
  }
})
