import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { figuresOf } from '../testing/fake-trainer.ts'
import { trainingPresets } from './training-settings.ts'

async function openWithVoice(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openReadyPage(change)
  await opened.page().useExampleVoice()
  return opened
}

/** The same, with a session that has begun; `ended` resolves when it has. */
async function openTraining(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openWithVoice(change)
  const ended = opened.page().startTraining()
  opened.trainer.begin()
  return { ...opened, ended }
}

test('a start sends the voice, the settings and the model of the preset', async () => {
  const { page, trainer } = await openTraining()
  const [request] = trainer.requests
  expect(request).toMatchObject({ modelId: 'infergrad-frames', settings: page().trainingSettings })
  expect(request.name).toMatch(/^Example voice, \d+ \w+ \d{4}$/)
  expect(request.clips.map(({ name }) => name)).toEqual(['One.', 'Two.'])
  expect(page().training).toMatchObject({ phase: 'running', sessionId: 'session-1', trainingSeconds: 54 })
  page().choosePreset('wavegrad')
  await page().startTraining()
  expect(trainer.requests, 'one session at a time').toHaveLength(1)
})

test('nothing starts without a voice, or with settings that leave nothing to learn', async () => {
  const { page, trainer } = await openReadyPage()
  await page().startTraining()
  await page().useExampleVoice()
  page().changeTrainingSettings({ processSteps: [] })
  await page().startTraining()
  expect(trainer.requests).toEqual([])
  expect(page().problems[0].problem.code).toBe('training-settings')
})

test('steps are gathered, and shown in time', async () => {
  const { page, trainer } = await openTraining()
  trainer.step(1)
  trainer.step(2)
  expect(page().training?.step).toBe(0)
  await vi.waitFor(() => expect(page().training?.step).toBe(2))
  expect(page().training).toMatchObject({ secondsPerStep: 0.5, remainingSeconds: 99 })
  expect(page().training?.curves.values.stft).toHaveLength(2)
})

test('a restart goes over the lost steps again', async () => {
  const { page, trainer } = await openTraining()
  for (const step of [1, 2, 3]) trainer.step(step)
  trainer.tell({ kind: 'restarted', reason: 'The device was lost.', step: 1, backend: 'wasm' })
  expect(page().training).toMatchObject({ step: 1, restarts: [{ step: 1, reason: 'The device was lost.' }] })
  expect(page().training?.curves.steps).toEqual([1])
  trainer.step(2, 9)
  trainer.tell({ kind: 'phase', phase: 'running' })
  expect(page().training?.curves).toMatchObject({ steps: [1, 2], values: { loss: [2.9, 9] } })
})

test('what was asked for is shown until the session says that it is so', async () => {
  const { page, trainer } = await openTraining()
  page().pauseTraining()
  expect(page().training).toMatchObject({ asked: 'pause', phase: 'running' })
  const problem = { code: 'storage-full', message: 'Full.' }
  trainer.tell({ kind: 'phase', phase: 'paused', problem })
  expect(page().training).toMatchObject({ asked: undefined, phase: 'paused', pausedBy: problem })
  page().resumeTraining()
  page().stopTraining()
  expect(trainer.calls).toEqual(['pause', 'resume', 'stop'])
})

test('a synthesis holds the trainer for as long as it runs, also where it fails', async () => {
  const holds: number[] = []
  const { page, trainer } = await openReadyPage({
    engine: {
      async synthesize() {
        holds.push(trainer.holds)
        throw new ProblemError({ code: 'out-of-memory', message: 'No memory.' })
      },
    },
  })
  await page().synthesize()
  expect(holds).toEqual([1, 1])
  expect(trainer.holds).toBe(0)
})

test('the model that comes of it is chosen, and compared where the page shows but an example', async () => {
  const { page, trainer, userModels, ended } = await openTraining()
  userModels.put('own-1', 'Mine')
  const [model] = userModels.summaries(page().models[0])
  trainer.end({ model })
  await ended
  expect(page().training).toMatchObject({ phase: 'ended', step: 200, result: { bestStep: 175 } })
  expect(page().userModelId).toBe('own-1')
  expect(page().source?.kind).toBe('held-out')
  expect(page().takes.map(({ system }) => system)).toEqual([
    'wavegrad',
    'infergrad',
    'tuned',
    'griffin-lim',
    'recording',
  ])
  expect(page().takes[2].making).toMatchObject({ modelId: 'own-1', modelName: 'Mine' })
})

test('a source of the user’s own stays on the page when a session ends', async () => {
  const { page, trainer, userModels, ended } = await openTraining()
  await page().openFiles([new File([new Uint8Array(4)], 'mine.wav')])
  userModels.put('own-1', 'Mine')
  trainer.end({ model: userModels.summaries(page().models[0])[0] })
  await ended
  expect(page().source?.title).toBe('mine.wav')
  await page().compareBeforeAndAfter()
  expect(page().source?.title).toMatch(/^Held out from Example voice/)
})

test('without a better model nothing is chosen', async () => {
  const { page, trainer, ended } = await openTraining()
  trainer.end({ ended: 'stopped', step: 3, bestStep: 0 })
  await ended
  expect(page().userModelId).toBeUndefined()
  expect(page().source?.kind).toBe('example')
})

test('a start that fails is reported, and keeps the voice and the settings', async () => {
  const { page, trainer } = await openWithVoice()
  page().changeTrainingSettings({ steps: 7 })
  trainer.refusal = new ProblemError({ code: 'speech-too-short', message: 'Too short.' })
  await page().startTraining()
  expect(page().problems[0].problem.code).toBe('speech-too-short')
  expect(page().training).toBeUndefined()
  expect(page().voice).toHaveLength(2)
  expect(page().trainingSettings.steps).toBe(7)
})

const left = {
  sessionId: 'session-0',
  name: 'Mine',
  modelId: 'infergrad-frames',
  step: 50,
  steps: 200,
  savedAt: '2026-03-01T12:00:00.000Z',
  bytes: 16e6,
}

test('an unfinished session is found, resumed where it was, or discarded', async () => {
  const { page, trainer } = await openReadyPage()
  trainer.left = left
  await page().findUnfinished()
  expect(page().unfinished).toEqual(left)
  expect(await page().checkpointAsFile()).toMatchObject({ name: 'mine-checkpoint-50.safetensors' })
  const ended = page().resumeUnfinished()
  trainer.begin(50)
  expect(page().unfinished).toBeUndefined()
  expect(page().training).toMatchObject({ step: 50, steps: 200, name: 'Mine' })
  trainer.fail(new ProblemError({ code: 'training-failed', message: 'The worker died three times.' }))
  await ended
  expect(page().training).toBeUndefined()
  expect(page().unfinished, 'what broke off again is offered again').toEqual(left)
  await page().discardUnfinished()
  expect(trainer.calls).toEqual(['resume session-0', 'discard session-0'])
  expect(page().unfinished).toBeUndefined()
})

test('a resumed session shows what went before', async () => {
  const { page, trainer } = await openReadyPage()
  trainer.left = left
  await page().findUnfinished()
  void page().resumeUnfinished()
  const evaluations = [{ step: 0, figures: figuresOf(1.2) }]
  trainer.begin(2, { steps: [1, 2], values: { loss: [3, 2] }, evaluations })
  expect(page().training?.curves).toEqual({ steps: [1, 2], values: { loss: [3, 2] } })
  expect(page().training?.evaluations).toMatchObject(evaluations)
  expect(page().training?.settings, 'its own, not those of the next').toEqual(trainingPresets.wavegrad)
})

test('nothing that a session brought stays behind when the next one begins', async () => {
  const { page, trainer, clips, ended } = await openTraining()
  const brought = [page().training?.heldOutId ?? '', ...page().snapshots.map(({ id }) => id)]
  trainer.end()
  await ended
  expect(brought.every((id) => clips.has(id))).toBe(true)
  void page().startTraining()
  trainer.begin()
  expect(brought.some((id) => clips.has(id))).toBe(false)
})
