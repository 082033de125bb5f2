import { expect, test, vi } from 'vitest'
import { drawTrials } from '../../listening/plans/draw-trials.ts'
import type { TestPlan } from '../../listening/plans/test-plan.ts'
import { planOf } from '../../listening/testing/sessions.ts'
import { inferGrad, waveGrad } from '../testing/conditions.ts'
import { type FakeFiles, openReadyPage } from '../testing/fake-services.ts'
import type { GivenAnswer, RunningTest, StimulusKey } from './test-state.ts'

const abx: TestPlan = {
  ...planOf('abx', { trials: 8 }),
  clips: [{ kind: 'source' }],
  conditions: [waveGrad, inferGrad],
}

type Page = Awaited<ReturnType<typeof openReadyPage>>

function running({ page }: Page): RunningTest {
  const test = page().test.current
  if (test?.phase !== 'running') throw new Error(`the test is ${test?.phase}`)
  return test
}

async function playAll(page: Page): Promise<void> {
  for (const key of running(page).keys) await page.actions.test.playStimulus(key)
}

async function answerAll(page: Page, given: GivenAnswer, count: number): Promise<void> {
  for (let answered = 0; answered < count; answered++) {
    await playAll(page)
    await page.actions.test.answerTrial(given)
  }
}

/** Returns the value of all samples under `key`; it differs between the fake models. */
function soundOf({ testPlayer }: Page, key: StimulusKey): number {
  const take = testPlayer.takes.find(({ id }) => id === key)
  return take?.samples[0] ?? Number.NaN
}

/** Waits until `isReady` accepts the stored files of the test. */
async function stored(page: Page, isReady: (files: FakeFiles) => boolean): Promise<FakeFiles> {
  await vi.waitFor(() => {
    const files = page.folders.get('listening-test')
    if (!files || !isReady(files)) throw new Error('not stored yet')
  })
  return page.folders.get('listening-test') as FakeFiles
}

const hasSession = (answers: number) => (files: FakeFiles) => {
  const bytes = files.files.get('session.json')
  return bytes !== undefined && JSON.parse(new TextDecoder().decode(bytes)).session.answers.length === answers
}

const codes = ({ page }: Page) => page().problems.shown.map(({ problem }) => problem.code)

test('an ABX test plays the drawn order, X like the stimulus that it equals, all at one loudness', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  const trials = drawTrials(abx, 1)
  const values: Record<string, number> = { '0:w': 0.1, '0:i': 0.2 }
  for (const { stimuli, x = 0 } of trials) {
    const [a, b] = stimuli.map((id) => values[id])
    expect(soundOf(page, 'a')).toBeCloseTo(a)
    expect(soundOf(page, 'b')).toBeCloseTo(b)
    expect(soundOf(page, 'x')).toBeCloseTo(x === 0 ? a : b)
    for (const { samples, gainDb } of page.testPlayer.takes)
      expect(samples[0] * 10 ** (gainDb / 20)).toBeCloseTo(0.1)
    await playAll(page)
    await page.actions.test.answerTrial({ kind: 'abx', choice: 1 })
  }
  const { current: done, running: testRunning } = page.page().test
  expect(testRunning).toBe(false)
  expect(done?.phase === 'done' && done.session).toMatchObject({
    plan: abx,
    trials,
    answers: trials.map((_, trial) => ({ trial, choice: 1 })),
    takenBack: 0,
    finishedAt: expect.stringMatching(/^\d{4}-/),
  })
  expect(page.testPlayer.takes).toEqual([])
})

test('the state does not reveal what A, B and X are', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  const text = JSON.stringify(running(page))
  for (const secret of ['WaveGrad', 'InferGrad', 'wavegrad', 'infergrad', '0:w', '0:i', 'sha256', 'gain'])
    expect(text).not.toContain(secret)
  expect(running(page)).toMatchObject({ trial: 0, trials: 8, keys: ['a', 'b', 'x'], heard: [] })
  expect(page.page().test.running).toBe(true)
})

test('no answer is accepted before A, B and X were heard', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  const answer = () => page.actions.test.answerTrial({ kind: 'abx', choice: 0 })
  await answer()
  await page.actions.test.playStimulus('a')
  await page.actions.test.playStimulus('b')
  await answer()
  expect(running(page)).toMatchObject({ trial: 0, heard: ['a', 'b'], mayAnswer: false })
  await page.actions.test.playStimulus('x')
  await page.actions.test.answerTrial({ kind: 'preference', choice: 0 })
  expect(running(page)).toMatchObject({ trial: 0, mayAnswer: true })
  await answer()
  expect(running(page)).toMatchObject({ trial: 1, heard: [], mayAnswer: false })
})

test('keys in quick succession count once the output plays, and an answer waits for it', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  let open = () => {}
  page.testPlayer.play = () =>
    new Promise((resolve) => {
      open = () => {
        page.testPlayer.change({ playing: true })
        resolve()
      }
    })
  const pressed = (['a', 'b', 'x'] as const).map((key) => page.actions.test.playStimulus(key))
  const answered = page.actions.test.answerTrial({ kind: 'abx', choice: 0 })
  expect(running(page).heard).toEqual([])
  open()
  await Promise.all([...pressed, answered])
  expect(running(page).trial).toBe(1)
})

test('without an output nothing counts as heard: that is reported, and the test continues once there is sound', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  const { play } = page.testPlayer
  page.testPlayer.play = () => Promise.reject(new Error('no output'))
  await page.actions.test.playStimulus('a')
  expect(codes(page)).toEqual(['unexpected'])
  page.testPlayer.play = play
  await page.actions.test.playStimulus('b')
  expect(running(page).heard).toEqual(['b'])
})

test('an answer that is taken back is gone and counted', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  await answerAll(page, { kind: 'abx', choice: 1 }, 2)
  page.actions.test.takeBackAnswer()
  expect(running(page)).toMatchObject({ trial: 1, mayAnswer: true })
  await answerAll(page, { kind: 'abx', choice: 0 }, 7)
  const done = page.page().test.current
  expect(done?.phase === 'done' && done.session).toMatchObject({ takenBack: 1 })
  expect(done?.phase === 'done' && done.session.answers.map(({ choice }) => choice)).toEqual([
    1, 0, 0, 0, 0, 0, 0, 0,
  ])
})

test('preference and CMOS compare every pair on every clip', async () => {
  const page = await openReadyPage()
  const clips: TestPlan['clips'] = [
    { kind: 'example', exampleId: 'first' },
    { kind: 'example', exampleId: 'second' },
  ]
  const plan: TestPlan = { ...abx, kind: 'preference', clips, trials: 1 }
  await page.actions.test.start(plan)
  expect(running(page)).toMatchObject({ trials: 2, keys: ['a', 'b'] })
  expect(['First', 'Second']).toContain(running(page).clipTitle)
  await answerAll(page, { kind: 'preference', choice: null }, 2)
  await page.actions.test.dismissResult()
  await page.actions.test.start({ ...plan, kind: 'cmos' })
  await answerAll(page, { kind: 'cmos', comparison: -2 }, 2)
  const done = page.page().test.current
  expect(done?.phase === 'done' && done.session.answers[1]).toMatchObject({ comparison: -2 })
})

test('a MUSHRA page has the reference, hidden too, and the anchors; all are heard and rated', async () => {
  const page = await openReadyPage()
  const clips: TestPlan['clips'] = [
    { kind: 'voice', file: '01.flac' },
    { kind: 'voice', file: '02.flac' },
  ]
  await page.actions.test.start({ ...abx, kind: 'mushra', clips, trials: 1 })
  expect(running(page).keys).toEqual(['reference', '1', '2', '3', '4', '5'])
  // The recording appears once as the hidden reference and twice as an anchor, because the fake filter removes nothing.
  const values = (['1', '2', '3', '4', '5'] as const).map((key) => soundOf(page, key).toFixed(1))
  expect(values.toSorted()).toEqual(['0.1', '0.2', '0.5', '0.5', '0.5'])
  await playAll(page)
  for (let slider = 0; slider < 4; slider++) page.actions.test.rateStimulus(slider, 20 * slider)
  await page.actions.test.answerTrial({ kind: 'mushra' })
  expect(running(page)).toMatchObject({ trial: 0, ratings: [0, 20, 40, 60, undefined], mayAnswer: false })
  page.actions.test.rateStimulus(4, 130)
  await page.actions.test.answerTrial({ kind: 'mushra' })
  expect(running(page)).toMatchObject({ trial: 1, ratings: Array(5).fill(undefined) })
  page.actions.test.takeBackAnswer()
  expect(running(page).ratings).toEqual([0, 20, 40, 60, 100])
})

/** Opens a reloaded page: another store with the same files. */
async function reload(page: Page): Promise<Page> {
  const after = await openReadyPage()
  for (const [name, bytes] of page.folders.get('listening-test')?.files ?? [])
    await after.folders.get('listening-test')?.write(name, bytes)
  await after.actions.test.findSaved()
  return after
}

test('after a reload the test continues where it was, with the saved audio', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  await answerAll(page, { kind: 'abx', choice: 1 }, 3)
  expect((await stored(page, hasSession(3))).files.size).toBe(3)
  const after = await reload(page)
  expect(after.page().test.saved).toMatchObject({ kind: 'abx', answered: 3, trials: 8 })
  expect(after.page().test.running).toBe(false)
  await after.actions.test.resumeSaved()
  expect(running(after)).toMatchObject({ trial: 3, heard: [] })
  const { stimuli } = drawTrials(abx, 1)[3]
  expect(soundOf(after, 'a')).toBeCloseTo(stimuli[0] === '0:w' ? 0.1 : 0.2)
  await answerAll(after, { kind: 'abx', choice: 1 }, 5)
  expect(after.page().test.current?.phase).toBe('done')
})

test('a saved test can be discarded, and a result stays until it is dismissed', async () => {
  const page = await openReadyPage()
  await page.actions.test.start({ ...abx, trials: 1 })
  await stored(page, hasSession(0))
  const offered = await reload(page)
  await offered.actions.test.discardSaved()
  expect(offered.page().test.saved).toBeUndefined()
  expect(offered.folders.get('listening-test')?.files.size).toBe(0)

  await answerAll(page, { kind: 'abx', choice: 1 }, 1)
  await stored(page, ({ files }) => files.has('session.json') && files.size === 1)
  const after = await reload(page)
  expect(after.page().test.current?.phase).toBe('done')
  await after.actions.test.dismissResult()
  expect(after.page().test.current).toBeUndefined()
  expect((await reload(after)).page().test.current).toBeUndefined()
})

test('a stopped test shows the result of its answers, and is not offered again', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  await answerAll(page, { kind: 'abx', choice: 1 }, 2)
  await page.actions.test.stop('result')
  const done = page.page().test.current
  expect(done?.phase === 'done' && done.session.answers.length).toBe(2)
  expect(done?.phase === 'done' && done.session.finishedAt).toBeUndefined()
  await stored(page, ({ files }) => files.has('stopped') && files.size === 2)
  const after = await reload(page)
  expect(after.page().test.saved).toBeUndefined()
  expect(after.page().test.current?.phase).toBe('done')

  await page.actions.test.start(abx)
  await page.actions.test.stop('nothing')
  expect(page.page().test.current).toBeUndefined()
  expect(page.page().test.running).toBe(false)
})

test('saved audio that is damaged is not played as if it were whole', async () => {
  const page = await openReadyPage()
  await page.actions.test.start(abx)
  const files = await stored(page, hasSession(0))
  const [audio] = [...files.files.keys()].filter((name) => name.endsWith('.f32'))
  files.files.set(audio, new Uint8Array(Float32Array.of(0.9, 0.9).buffer))
  const after = await reload(page)
  await after.actions.test.resumeSaved()
  expect(codes(after)).toEqual(['saved-test-damaged'])
  expect(after.page().test.saved).toBeDefined()
})

test('a saved test that cannot be read is removed, with a note', async () => {
  const page = await openReadyPage()
  await page.folders.get('listening-test')?.write('session.json', new TextEncoder().encode('{"format":1}'))
  await page.actions.test.findSaved()
  expect(page.page().problems.notes).toEqual([expect.stringContaining('no longer be read')])
  expect(page.folders.get('listening-test')?.files.size).toBe(0)
  expect(page.page().test.current).toBeUndefined()
})

test('a full disk is reported once, and the test continues', async () => {
  const page = await openReadyPage()
  const files = page.folders.get('listening-test') as FakeFiles
  files.full = true
  await page.actions.test.start(abx)
  await answerAll(page, { kind: 'abx', choice: 1 }, 8)
  expect(page.page().test.current?.phase).toBe('done')
  expect(page.page().problems.notes).toEqual([expect.stringContaining('it cannot be saved')])
})
