import { expect, test, vi } from 'vitest'
import type { Analysis } from '../../../analysis/analysis.ts'
import type { Condition, TestPlan } from '../../../listening/plans/test-plan.ts'
import { planOf } from '../../../listening/testing/sessions.ts'
import { waveGrad } from '../../testing/conditions.ts'
import { levelsOf } from '../../testing/fake-analysis.ts'
import { openReadyPage } from '../../testing/fake-services.ts'
import { levelStimuli } from './level-stimuli.ts'

const griffinLim: Condition = { id: 'g', label: 'Griffin-Lim', kind: 'griffin-lim', seed: 1 }

const plan = (conditions: readonly Condition[], change: Partial<TestPlan> = {}): TestPlan => ({
  ...planOf('abx', { trials: 1 }),
  clips: [{ kind: 'source' }],
  conditions,
  ...change,
})

/** Starts a test that must be refused; returns the problem. */
async function refused(refusedPlan: TestPlan, change: Parameters<typeof openReadyPage>[0] = {}) {
  const { actions, page, trainer } = await openReadyPage(change)
  await actions.test.start(refusedPlan)
  expect(page().test.current).toBeUndefined()
  expect(page().test.running).toBe(false)
  expect(trainer.holds).toBe(0)
  const [{ problem }] = page().problems.shown
  return problem
}

test('a missing model is named, with a list of the existing ones', async () => {
  const problem = await refused(plan([{ ...waveGrad, modelId: 'wavegrad-huge' }, griffinLim]))
  expect(problem).toMatchObject({ code: 'plan-model-missing', found: 'wavegrad-huge' })
  expect(problem.accepted).toBe('infergrad-frames, wavegrad-frames')
  expect(problem.message).toContain('wavegrad-huge')
  expect(problem.remedy).toBeDefined()
})

test('starting a test dismisses the problems of earlier plans', async () => {
  const { actions, page } = await openReadyPage()
  await actions.test.start(plan([{ ...waveGrad, modelId: 'wavegrad-huge' }, griffinLim]))
  expect(page().problems.shown.length).toBe(1)
  await actions.test.start(plan([waveGrad, griffinLim]))
  expect(page().problems.shown).toEqual([])
})

test('a schedule that the model lacks is reported before anything is made', async () => {
  const synthesize = vi.fn()
  const problem = await refused(plan([griffinLim, { ...waveGrad, schedule: '6' }]), {
    engine: { synthesize },
  })
  expect(problem).toMatchObject({ code: 'schedule-missing', found: '6', accepted: '2' })
  expect(synthesize).not.toHaveBeenCalled()
})

test('a clip without its recording, a clip, a take, a source that is not there', async () => {
  const recording: Condition = { id: 'r', label: 'Recording', kind: 'recording' }
  expect((await refused(plan([waveGrad, recording]))).code).toBe('plan-recording-missing')
  const take: Condition = { id: 't', label: 'Gone', kind: 'take', takeId: 'clip-99' }
  expect((await refused(plan([waveGrad, take]))).code).toBe('plan-take-missing')
  const other = (clips: TestPlan['clips']) => refused(plan([waveGrad, griffinLim], { clips }))
  expect(await other([{ kind: 'example', exampleId: 'tenth' }])).toMatchObject({
    code: 'plan-clip-missing',
    accepted: 'first, second',
  })
  expect((await other([{ kind: 'voice', file: '99.flac' }])).accepted).toBe('01.flac, 02.flac')
})

test('a silent stimulus is refused by its name', async () => {
  const silence = { samples: new Float32Array(24), sampleRateHz: 8000 }
  const problem = await refused(plan([waveGrad, griffinLim]), {
    analysis: { griffinLim: async () => silence },
  })
  expect(problem).toMatchObject({ code: 'stimulus-silent', message: expect.stringContaining('Griffin-Lim') })
})

test('preparing reports its progress, and Cancel ends it without a message and without a loss', async () => {
  const { actions, page, trainer } = await openReadyPage({
    engine: {
      synthesize: (_, { signal } = {}) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    },
  })
  const started = actions.test.start(plan([griffinLim, waveGrad]))
  await vi.waitFor(() =>
    expect(page().test.current).toMatchObject({
      phase: 'preparing',
      done: 1,
      total: 2,
      doing: 'Making 2 of 2: WaveGrad, of First',
      fraction: 0.5,
    }),
  )
  expect(trainer.holds).toBe(1)
  actions.test.cancelPreparing()
  await started
  expect(page().test.current).toBeUndefined()
  expect(page().problems.shown).toEqual([])
  expect(trainer.holds).toBe(0)
})

test('takes of the page are used as they are, with a record of how they were made', async () => {
  const { actions, page, testPlayer, clips } = await openReadyPage()
  await actions.synthesis.run()
  const [first, second] = page().takes.all
  const take = (id: string, takeId: string): Condition => ({ id, label: id, kind: 'take', takeId })
  await actions.test.start(plan([take('one', first.id), take('two', second.id)]))
  const heard = testPlayer.takes.map(({ samples }) => samples)
  expect(heard).toEqual(expect.arrayContaining([clips.get(first.id).samples, clips.get(second.id).samples]))
  for (const key of ['a', 'b', 'x'] as const) await actions.test.playStimulus(key)
  await actions.test.answerTrial({ kind: 'abx', choice: 0 })
  const done = page().test.current
  expect(done?.phase === 'done' && done.session.stimuli[0]).toMatchObject({
    id: '0:one',
    making: {
      modelId: 'wavegrad-frames',
      weightsSha256: 'aa'.repeat(32),
      betas: [0.01, 0.5],
      seed: 1,
      corrections: { count: 16, momentum: 0.9, scope: 'all' },
    },
  })
})

test('a plan without corrections is made with each model’s own, one that asks for them with those', async () => {
  const asked: unknown[] = []
  const sound = { samples: new Float32Array(24).fill(0.1), sampleRateHz: 8000, elapsedSeconds: 1 }
  const { actions, page } = await openReadyPage({
    search: '?corrections=0',
    engine: {
      async synthesize({ corrections }) {
        asked.push(corrections)
        return { ...sound, backend: 'cpu' }
      },
      async synthesizeWithoutNetwork({ modelId, seed, corrections }) {
        asked.push([modelId, seed, corrections])
        return { ...sound, backend: 'cpu' }
      },
    },
  })
  const control: Condition = {
    id: 'n',
    label: 'No network',
    kind: 'no-network',
    modelId: 'infergrad-frames',
    seed: 9,
    corrections: 4,
  }
  await actions.test.start(plan([waveGrad, control]))
  expect(asked).toEqual([
    { count: 16, momentum: 0.9, scope: 'all' },
    ['infergrad-frames', 9, { count: 4, momentum: 0, scope: 'all' }],
  ])
  for (const key of ['a', 'b', 'x'] as const) await actions.test.playStimulus(key)
  await actions.test.answerTrial({ kind: 'abx', choice: 0 })
  const done = page().test.current
  expect(done?.phase === 'done' && done.session.stimuli[1].making).toEqual({
    modelId: 'infergrad-frames',
    weightsSha256: 'bb'.repeat(32),
    seed: 9,
    corrections: { count: 4, momentum: 0, scope: 'all' },
    backend: 'cpu',
  })
})

test('a control of a model that is missing is refused before anything is made', async () => {
  const control: Condition = { id: 'n', label: 'N', kind: 'no-network', modelId: 'gone', seed: 1 }
  expect(await refused(plan([waveGrad, control]))).toMatchObject({
    code: 'plan-model-missing',
    found: 'gone',
  })
})

test('stimuli of different rates and lengths are brought to one rate and one length, with a note', async () => {
  const measure: Analysis['measure'] = async ({ audio }) => ({
    ...levelsOf(audio),
    loudnessLufs: 20 * Math.log10(Math.max(...audio.samples)),
  })
  const sha256 = async () => 'ab'.repeat(32)
  const tone = (sampleRateHz: number, seconds: number, level: number) => ({
    label: `${sampleRateHz}`,
    sampleRateHz,
    samples: Float32Array.from(
      { length: seconds * sampleRateHz },
      (_, n) => level * Math.sin((2 * Math.PI * 440 * n) / sampleRateHz),
    ),
  })
  const { levelled, notes } = await levelStimuli(
    { measure, sha256 },
    [tone(22_050, 1, 0.5), tone(44_100, 0.75, 0.25)],
    'A clip',
  )
  expect(levelled.map(({ sampleRateHz, samples }) => [sampleRateHz, samples.length])).toEqual([
    [44_100, 33_075],
    [44_100, 33_075],
  ])
  expect(levelled[0].gainDb).toBeCloseTo(-6.02, 1)
  expect(levelled[1].gainDb).toBeCloseTo(0)
  expect(notes).toEqual([expect.stringContaining('44100 Hz'), expect.stringContaining('0.75 s')])
})
