import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { noCorrections } from '../../base/mel-corrections.ts'
import { ProblemError } from '../../base/problem.ts'
import { readSafetensors } from '../../io/safetensors/safetensors.ts'
import { readFixture } from '../../model/testing/fixtures.ts'
import { chooseBackend } from '../backends/backends.ts'
import { createEngine } from '../in-thread.ts'
import { baseUrl, serveFiles, tinyFramesModel, tinyModel } from '../testing/file-server.ts'
import { wavyMel } from '../testing/mels.ts'
import { createMemoryStore } from './checkpoints/checkpoint-store.ts'
import { InThreadTrainer, type TrainerOptions } from './in-thread.ts'
import type { CreateLearner } from './session-options.ts'
import { Learner, type StepFigures } from './steps/learner.ts'
import { memoryUserModels, tinyAndShipped, tinyRequest } from './testing/tiny-training.ts'
import { eventsOf, lossesOf, trainingEngineContract } from './training-engine.contract.ts'
import type { TrainingEvent } from './training-engine.ts'

trainingEngineContract({
  name: 'in-thread trainer on wasm, with a tiny model',
  create: () => trainerWith({ checkpointEvery: undefined }),
})

/** A trainer over the same stores as another, as after a reload; its learner may differ. */
function trainerWith(options: Partial<TrainerOptions> = {}): InThreadTrainer {
  return new InThreadTrainer({
    baseUrl,
    fetch: serveFiles(tinyAndShipped),
    backend: 'wasm',
    userModels: memoryUserModels(),
    stores: { memory: createMemoryStore() },
    checkpointEvery: { steps: 2, seconds: 1000 },
    ...options,
  })
}

/** Creates a learner whose step figures `change` modifies; `change` may throw. */
const learnerWith =
  (change: (figures: StepFigures, step: number) => StepFigures): CreateLearner =>
  (...of) => {
    const learner = Learner.create(...of)
    return {
      get step() {
        return learner.step
      },
      trainStep: async (batch) => change(await learner.trainStep(batch), learner.step),
      emaModel: () => learner.emaModel(),
      state: () => learner.state(),
      restore: (state) => learner.restore(state),
      dispose: () => learner.dispose(),
    }
  }

function record() {
  const events: TrainingEvent[] = []
  return { events, onEvent: (event: TrainingEvent) => void events.push(event) }
}

test('a session that is interrupted twice continues with its whole history', async () => {
  const memory = createMemoryStore()
  const request = tinyRequest()
  for (const last of [3, 5]) {
    const createLearner = learnerWith((figures, step) => {
      if (step > last) throw new Error('The power went.')
      return figures
    })
    const cut = trainerWith({ stores: { memory }, createLearner })
    await expect(cut.run({ sessionId: 'cut', request })).rejects.toThrow('The power went.')
    cut.dispose()
  }
  const trainer = trainerWith({ stores: { memory } })
  expect(await trainer.unfinished()).toMatchObject({ sessionId: 'cut', step: 4, steps: 8 })
  const { events, onEvent } = record()
  await trainer.resumeSession('cut', { onEvent })
  const [{ history, step }] = eventsOf(events, 'started')
  expect([step, history?.steps, history?.values.loss.length]).toEqual([4, [1, 2, 3, 4], 4])
  expect(lossesOf(events)).toHaveLength(4)
  trainer.dispose()
})

test('a model on frames is tuned, and heard, with the pitch network that it had', {
  timeout: 60_000,
}, async () => {
  const userModels = memoryUserModels()
  const fetch = serveFiles(tinyFramesModel.replies)
  const trainer = trainerWith({ fetch, userModels })
  const settings = { objective: 'infergrad', steps: 3, frozen: ['blocks'] } as const
  const result = await trainer.start({ ...tinyRequest(settings), modelId: tinyFramesModel.id })
  expect(result).toMatchObject({ ended: 'finished', step: 3, model: { architecture: 'frames' } })
  const bytes = await userModels.weights(result.model?.id ?? '')
  const tuned = readSafetensors(bytes ?? new Uint8Array(), 'tuned')
  const base = await readFixture('frames.weights')
  const moved = [...base].flatMap(([name, { values }]) => {
    const found = tuned.get(name)?.values ?? []
    return values.some((value, i) => Math.abs(value - found[i]) > 1e-3 * Math.abs(value) + 1e-6) ? [name] : []
  })
  expect(moved).toContain('enter_mel.bias')
  expect(moved.filter((name) => /^(pitch|blocks)\./.test(name))).toEqual([])
  const engine = createEngine({ baseUrl, fetch, userModels })
  await engine.start({ backend: 'wasm' })
  const request = {
    modelId: result.model?.id ?? '',
    mel: wavyMel(8),
    betas: [0.1, 0.8],
    seed: 1,
    corrections: noCorrections,
  }
  expect((await engine.synthesize(request)).samples).toHaveLength(8 * 256)
  engine.dispose()
  trainer.dispose()
})

test('a loss that is not finite, or diverges, ends the session with the best weights so far', async () => {
  const settings = { steps: 60, evaluateEverySteps: 5, snapshotEverySteps: 60 }
  const notFinite = learnerWith((figures, step) => {
    if (step === 8)
      throw new ProblemError({
        code: 'training-diverged',
        message: 'The loss is not finite.',
        remedy: 'Lower it.',
      })
    return figures
  })
  const runningAway = learnerWith((figures, step) => ({ ...figures, loss: step > 30 ? 100 : figures.loss }))
  for (const [createLearner, step] of [
    [notFinite, 8],
    [runningAway, 40],
  ] as const) {
    const trainer = trainerWith({ createLearner })
    const { events, onEvent } = record()
    const result = await trainer.start(tinyRequest(settings), { onEvent })
    const best = eventsOf(events, 'evaluation').findLast((evaluation) => evaluation.best)
    expect(result).toMatchObject({
      ended: 'diverged',
      step,
      bestStep: best?.step,
      after: best?.figures,
      problem: { code: 'training-diverged', remedy: expect.stringContaining('ower') },
    })
    expect(await trainer.unfinished()).toBeUndefined()
    trainer.dispose()
  }
})

test('there are as many tensors after 100 steps as after 10, and none at the end', {
  timeout: 120_000,
}, async () => {
  await chooseBackend({ backend: 'wasm' })
  const before = tf.memory().numTensors
  const trainer = trainerWith({ backend: 'wasm' })
  const seen = new Map<number, { readonly tensors: number; readonly bytes: number }>()
  await trainer.start(tinyRequest({ steps: 100, evaluateEverySteps: 50, snapshotEverySteps: 50 }), {
    onEvent(event) {
      const { numTensors: tensors, numBytes: bytes } = tf.memory()
      if (event.kind === 'step') seen.set(event.step, { tensors, bytes })
    },
  })
  expect(seen.get(100)).toEqual(seen.get(10))
  expect(tf.memory().numTensors).toBe(before)
  trainer.dispose()
})

test('the resulting model can be loaded, synthesizes what the session measured, and describes itself', async () => {
  const userModels = memoryUserModels()
  const trainer = trainerWith({ userModels })
  // Compares the resulting model with its own figures, whatever the session learns.
  const settings = { steps: 6, evaluateEverySteps: 2, learningRate: 3e-3 }
  const result = await trainer.start(tinyRequest(settings))
  const id = result.model?.id
  if (!id) throw new Error('Nothing was better than the model before')
  const entry = await userModels.entry(id)
  expect(entry?.config).toMatchObject({
    id,
    name: 'A voice',
    base: tinyModel.id,
    objective: 'wavegrad',
    training: { steps: result.bestStep, notes: expect.stringContaining('learning rate 0.003') },
    weights: { file: 'model.safetensors', dtype: 'F16', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  const engine = createEngine({ baseUrl, fetch: serveFiles(tinyModel.replies), userModels })
  await engine.start({ backend: 'wasm' })
  expect(await engine.listModels()).toMatchObject([
    { id: tinyModel.id, origin: 'published' },
    { id, origin: 'user', name: 'A voice' },
  ])
  const request = { modelId: id, mel: wavyMel(6), betas: [0.9], seed: 1, corrections: noCorrections }
  const tuned = await engine.synthesize(request)
  expect(tuned.samples).not.toEqual((await engine.synthesize({ ...request, modelId: tinyModel.id })).samples)
  engine.dispose()
  trainer.dispose()
})
