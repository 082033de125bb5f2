import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { figuresOf } from '../testing/fake-trainer.ts'
import { trainingPresets } from './training-settings.ts'

async function openWithVoice(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openReadyPage(change)
  await opened.actions.training.openExampleVoice()
  return opened
}

/** Opens a ready page with a session that has begun; `ended` resolves when the session ends. */
async function openTraining(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openWithVoice(change)
  const ended = opened.actions.training.start()
  opened.trainer.begin()
  return { ...opened, ended }
}

test('a start sends the voice, the settings and the model of the preset', async () => {
  const { actions, page, trainer } = await openTraining()
  const [request] = trainer.requests
  expect(request).toMatchObject({ modelId: 'infergrad-frames', settings: page().training.settings })
  expect(request.name).toMatch(/^Example voice, \d+ \w+ \d{4}$/)
  expect(request.clips.map(({ name }) => name)).toEqual(['One.', 'Two.'])
  expect(page().training.session).toMatchObject({
    phase: 'running',
    sessionId: 'session-1',
    trainingSeconds: 54,
  })
  actions.training.choosePreset('wavegrad')
  await actions.training.start()
  expect(trainer.requests, 'one session at a time').toHaveLength(1)
})

test('nothing starts without a voice, or with settings that leave nothing to learn', async () => {
  const { actions, page, trainer } = await openReadyPage()
  await actions.training.start()
  await actions.training.openExampleVoice()
  actions.training.changeSettings({ processSteps: [] })
  await actions.training.start()
  expect(trainer.requests).toEqual([])
  expect(page().problems.shown[0].problem.code).toBe('training-settings')
})

test('steps are collected, and shown at intervals', async () => {
  const { page, trainer } = await openTraining()
  trainer.step(1)
  trainer.step(2)
  expect(page().training.session?.step).toBe(0)
  await vi.waitFor(() => expect(page().training.session?.step).toBe(2))
  expect(page().training.session).toMatchObject({ secondsPerStep: 0.5, remainingSeconds: 99 })
  expect(page().training.session?.curves.values.stft).toHaveLength(2)
})

test('a restart repeats the lost steps', async () => {
  const { page, trainer } = await openTraining()
  for (const step of [1, 2, 3]) trainer.step(step)
  trainer.tell({ kind: 'restarted', reason: 'The device was lost.', step: 1, backend: 'wasm' })
  expect(page().training.session).toMatchObject({
    step: 1,
    restarts: [{ step: 1, reason: 'The device was lost.' }],
  })
  expect(page().training.session?.curves.steps).toEqual([1])
  trainer.step(2, 9)
  trainer.tell({ kind: 'phase', phase: 'running' })
  expect(page().training.session?.curves).toMatchObject({ steps: [1, 2], values: { loss: [2.9, 9] } })
})

test('a requested phase is shown until the session confirms it', async () => {
  const { actions, page, trainer } = await openTraining()
  actions.training.pause()
  expect(page().training.session).toMatchObject({ asked: 'pause', phase: 'running' })
  const problem = { code: 'storage-full', message: 'Full.' }
  trainer.tell({ kind: 'phase', phase: 'paused', problem })
  expect(page().training.session).toMatchObject({ asked: undefined, phase: 'paused', pausedBy: problem })
  actions.training.resume()
  actions.training.stop()
  expect(trainer.calls).toEqual(['pause', 'resume', 'stop'])
})

test('a synthesis holds the trainer for as long as it runs, even if it fails', async () => {
  const holds: number[] = []
  const { actions, trainer } = await openReadyPage({
    engine: {
      async synthesize() {
        holds.push(trainer.holds)
        throw new ProblemError({ code: 'out-of-memory', message: 'No memory.' })
      },
    },
  })
  await actions.synthesis.run()
  expect(holds).toEqual([1, 1])
  expect(trainer.holds).toBe(0)
})

test('the resulting model is chosen, and compared with the base model if the page shows only an example', async () => {
  const { page, trainer, userModels, ended } = await openTraining()
  userModels.put('own-1', 'Mine')
  const [model] = userModels.summaries(page().models.all[0])
  trainer.end({ model })
  await ended
  expect(page().training.session).toMatchObject({ phase: 'ended', step: 200, result: { bestStep: 175 } })
  expect(page().models.chosenId).toBe('own-1')
  expect(page().source.current?.kind).toBe('held-out')
  expect(page().takes.all.map(({ system }) => system)).toEqual([
    'wavegrad',
    'infergrad',
    'tuned',
    'griffin-lim',
    'recording',
  ])
  expect(page().takes.all[2].making).toMatchObject({ modelId: 'own-1', modelName: 'Mine' })
})

test('a source of the user’s own stays on the page when a session ends', async () => {
  const { actions, page, trainer, userModels, ended } = await openTraining()
  await actions.source.openFile(new File([new Uint8Array(4)], 'mine.wav'))
  userModels.put('own-1', 'Mine')
  trainer.end({ model: userModels.summaries(page().models.all[0])[0] })
  await ended
  expect(page().source.current?.title).toBe('mine.wav')
  await actions.training.compareBeforeAndAfter()
  expect(page().source.current?.title).toMatch(/^Held out from Example voice/)
})

test('without a better model nothing is chosen', async () => {
  const { page, trainer, ended } = await openTraining()
  trainer.end({ ended: 'stopped', step: 3, bestStep: 0 })
  await ended
  expect(page().models.chosenId).toBeUndefined()
  expect(page().source.current?.kind).toBe('example')
})

test('a start that fails is reported, and keeps the voice and the settings', async () => {
  const { actions, page, trainer } = await openWithVoice()
  actions.training.changeSettings({ steps: 7 })
  trainer.refusal = new ProblemError({ code: 'speech-too-short', message: 'Too short.' })
  await actions.training.start()
  expect(page().problems.shown[0].problem.code).toBe('speech-too-short')
  expect(page().training.session).toBeUndefined()
  expect(page().training.voice).toHaveLength(2)
  expect(page().training.settings.steps).toBe(7)
})

const left = {
  sessionId: 'session-0',
  name: 'Mine',
  modelId: 'infergrad-frames',
  step: 50,
  steps: 200,
  savedAt: '2026-03-01T12:00:00.000Z',
  keptIn: 'disk',
  bytes: 16e6,
} as const

test('an unfinished session is found, resumed where it was, or discarded', async () => {
  const { actions, page, trainer } = await openReadyPage()
  trainer.left = left
  await actions.training.findUnfinished()
  expect(page().training.unfinished).toEqual(left)
  expect(await actions.training.checkpointAsFile()).toMatchObject({ name: 'mine-checkpoint-50.safetensors' })
  const ended = actions.training.resumeUnfinished()
  trainer.begin(50)
  expect(page().training.unfinished).toBeUndefined()
  expect(page().training.session).toMatchObject({ step: 50, steps: 200, name: 'Mine' })
  trainer.fail(new ProblemError({ code: 'training-failed', message: 'The worker died three times.' }))
  await ended
  expect(page().training.session).toBeUndefined()
  expect(page().training.unfinished, 'a session that was interrupted again is offered again').toEqual(left)
  await actions.training.discardUnfinished()
  expect(trainer.calls).toEqual(['resume session-0', 'discard session-0'])
  expect(page().training.unfinished).toBeUndefined()
})

test('a resumed session shows its earlier steps', async () => {
  const { actions, page, trainer } = await openReadyPage()
  trainer.left = left
  await actions.training.findUnfinished()
  void actions.training.resumeUnfinished()
  const evaluations = [{ step: 0, figures: figuresOf(1.2) }]
  trainer.begin(2, { steps: [1, 2], values: { loss: [3, 2] }, evaluations })
  expect(page().training.session?.curves).toEqual({ steps: [1, 2], values: { loss: [3, 2] } })
  expect(page().training.session?.evaluations).toMatchObject(evaluations)
  expect(page().training.session?.settings, 'its own, not those of the next').toEqual(
    trainingPresets.wavegrad,
  )
})

test('nothing of a session is left when the next one begins', async () => {
  const { actions, page, trainer, clips, ended } = await openTraining()
  const brought = [page().training.session?.heldOutId ?? '', ...page().training.snapshots.map(({ id }) => id)]
  trainer.end()
  await ended
  expect(brought.every((id) => clips.has(id))).toBe(true)
  void actions.training.start()
  trainer.begin()
  expect(brought.some((id) => clips.has(id))).toBe(false)
})
