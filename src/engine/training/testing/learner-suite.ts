/** Tests that a training step equals its PyTorch twin on every backend, and leaves no tensors behind. */
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { readSafetensors } from '../../../io/safetensors/safetensors.ts'
import { whitenByPrior } from '../../../model/prior/prior.ts'
import { readFixture, readTinyConfig, type Tensors, valuesOf } from '../../../model/testing/fixtures.ts'
import { disposeWeights, downloadWeights, uploadWeights } from '../../../model/weights.ts'
import framesShort from '../fixtures/frames-short.settings.fixture.json'
import paper from '../fixtures/paper.settings.fixture.json'
import patches from '../fixtures/patches.settings.fixture.json'
import { Learner, type TrainingBatch } from '../steps/learner.ts'
import type { StepDraws } from '../steps/step-draws.ts'
import { StepLoss } from '../steps/step-loss.ts'
import type { TrainingSettings } from '../training-engine.ts'

const inlined = import.meta.glob<string>('../fixtures/*.safetensors', {
  query: '?url&inline',
  import: 'default',
})
const cases = { patches, paper, 'frames-short': framesShort }
type Case = keyof typeof cases
const names = ['patches', 'paper', 'frames-short'] as const

async function readTraining(name: string): Promise<Tensors> {
  const path = `../fixtures/${name}.fixture.safetensors`
  const response = await fetch(await inlined[path]())
  return readSafetensors(new Uint8Array(await response.arrayBuffer()), path)
}

function settingsOf(name: Case): TrainingSettings {
  const { wavegrad, stft, mel, optimiser } = cases[name]
  return {
    objective: 'infergrad',
    processSteps: [2],
    schedule: 'drawn',
    wavegradWeight: wavegrad,
    inferWeight: stft,
    melWeight: mel,
    steps: optimiser.steps,
    learningRate: optimiser.learning_rate,
    warmupSteps: optimiser.warmup_steps,
    batch: 2,
    cropSamples: 1280,
    seed: 1,
    emaDecay: optimiser.ema_decay,
    maxGradientNorm: optimiser.max_gradient_norm,
    frozen: [],
    evaluateEverySteps: 100,
    snapshotEverySteps: 100,
  }
}

function batchOf(given: Tensors): TrainingBatch {
  const [batch, frames] = given.get('mel')?.shape ?? []
  return {
    batch,
    frames,
    audio: valuesOf(given, 'audio'),
    whitened: valuesOf(given, 'whitened'),
    mel: valuesOf(given, 'mel'),
    ...(given.has('pulses') && { pulses: valuesOf(given, 'pulses') }),
  }
}

/** Returns the draws of the fixture for every step. */
function drawsOf(name: Case, given: Tensors): StepDraws {
  const { betas, levels } = cases[name]
  return {
    levels: () => levels,
    noise: () => valuesOf(given, 'noise'),
    processSteps: ([steps]) => steps,
    betas: () => betas,
    processNoise: (n) => valuesOf(given, n === 'start' ? 'start' : `fresh.${n}`),
  }
}

async function learnerOf(name: Case, change: Partial<TrainingSettings> = {}) {
  const given = await readTraining(`${name}.step`)
  const draws = drawsOf(name, given)
  const weights = await readFixture(`${name}.weights`)
  const settings = { ...settingsOf(name), ...change }
  const learner = Learner.create(await readTinyConfig(name), weights, settings, () => draws)
  return { learner, batch: batchOf(given) }
}

/** The length of the difference of two vectors, over that of the second. */
function relativeDistance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, length] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    difference += (found[i] - expected[i]) ** 2
    length += expected[i] ** 2
  }
  return found.length === expected.length ? Math.sqrt(difference / length) : Number.POSITIVE_INFINITY
}

/** Declares the tests that need no backend. */
export function describeGiven(): void {
  test.each(names)('crops are whitened as PyTorch whitens them: %s', async (name) => {
    const config = await readTinyConfig(name)
    const { batch, frames, audio, whitened, mel } = batchOf(await readTraining(`${name}.step`))
    const { bands, hopSamples } = config.mel
    for (let item = 0; item < batch; item++) {
      const crop = (values: Float32Array, width: number) =>
        values.slice(item * frames * width, (item + 1) * frames * width)
      const found = whitenByPrior(
        crop(audio, hopSamples),
        { frames, bands, values: crop(mel, bands) },
        config,
      )
      const clipped = found.map((value) => Math.max(-10, Math.min(10, value)))
      expect(relativeDistance(clipped, crop(whitened, hopSamples))).toBeLessThan(1e-5)
    }
  })
}

/** Declares the tests; the calling file has set the backend in a `beforeAll`. */
export function describeLearner(): void {
  test.each(names)(
    'terms of the loss and the gradient of every weight are those of PyTorch: %s',
    async (name) => {
      const before = tf.memory().numTensors
      const [given, expected] = [await readTraining(`${name}.step`), await readTraining(`${name}.gradients`)]
      const config = await readTinyConfig(name)
      const weights = uploadWeights(config, await readFixture(`${name}.weights`))
      const loss = new StepLoss(config, settingsOf(name))
      const found = loss.differentiate(weights, batchOf(given), drawsOf(name, given))
      const { terms, gradientNorm } = await found.figures()
      const [first] = cases[name].history
      for (const term of ['wavegrad', 'stft', 'mel'] as const)
        expect(terms[term] / first[term], term).toBeCloseTo(1, 4)
      expect(gradientNorm / first.gradient_norm).toBeCloseTo(1, 4)
      const gradients = new Map(found.named.map(({ name: weight, gradient }) => [weight, gradient]))
      for (const [weight, { values }] of await downloadWeights(gradients))
        expect(relativeDistance(values, valuesOf(expected, weight)), weight).toBeLessThan(1e-4)
      expect([...gradients.keys()].sort()).toEqual([...expected.keys()].sort())
      found.dispose()
      loss.dispose()
      disposeWeights(weights)
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test.each(names)(
    'ten steps lead to the weights and averages that PyTorch has, and leave no tensor behind: %s',
    async (name) => {
      const before = tf.memory().numTensors
      const expected = await readTraining(`${name}.after`)
      const beginning = await readFixture(`${name}.weights`)
      const { learner, batch } = await learnerOf(name)
      const held: number[] = []
      for (const step of cases[name].history) {
        const figures = await learner.trainStep(batch)
        expect(figures.learningRate).toBeCloseTo(step.learning_rate, 10)
        expect(figures.loss / step.loss).toBeCloseTo(1, 3)
        held.push(tf.memory().numTensors)
      }
      expect(held[9]).toBe(held[2])
      const { step, tensors } = await learner.state()
      expect(step).toBe(cases[name].history.length)
      for (const [key, { values }] of expected) {
        const found = tensors.get(key)?.values ?? []
        const begun = valuesOf(beginning, key.slice(key.indexOf('.') + 1))
        const moved = (after: ArrayLike<number>) => begun.map((value, i) => after[i] - value)
        expect(relativeDistance(found, values), key).toBeLessThan(1e-4)
        expect(relativeDistance(moved(found), moved(values)), key).toBeLessThan(2e-3)
      }
      learner.dispose()
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test('a state continues in another learner as in its own, and its average is a model', async () => {
    const [first, second] = [await learnerOf('patches'), await learnerOf('patches')]
    await first.learner.trainStep(first.batch)
    second.learner.restore(await first.learner.state())
    expect(second.learner.step).toBe(1)
    const figures = await first.learner.trainStep(first.batch)
    expect(await second.learner.trainStep(second.batch)).toEqual(figures)
    const [state, same] = [await first.learner.state(), await second.learner.state()]
    for (const [key, { values }] of state.tensors)
      expect(relativeDistance(same.tensors.get(key)?.values ?? [], values) || 0, key).toBe(0)
    const model = second.learner.emaModel()
    const averaged = await downloadWeights(model.weights)
    expect(averaged.get('down.0.bias')?.values).toEqual(state.tensors.get('ema.down.0.bias')?.values)
    model.dispose()
    first.learner.dispose()
    second.learner.dispose()
  })

  test('frozen weights stay as they are, and the others learn', async () => {
    const { learner, batch } = await learnerOf('patches', { frozen: ['down', 'film'], melWeight: 0 })
    const before = await learner.state()
    const { terms } = await learner.trainStep(batch)
    expect(Object.keys(terms)).toEqual(['wavegrad', 'stft'])
    const after = await learner.state()
    const moved = Array.from(before.tensors.keys()).filter(
      (key) => String(before.tensors.get(key)?.values) !== String(after.tensors.get(key)?.values),
    )
    expect(moved).toContain('model.up.1.conv.0.weight')
    expect(moved).toContain('ema.last_conv.bias')
    expect(moved.filter((key) => /\.(down|film)\./.test(key))).toEqual([])
    learner.dispose()
  })

  test('a loss that is not finite is a problem, and changes nothing', async () => {
    const { learner, batch } = await learnerOf('patches')
    await learner.trainStep(batch)
    const before = await learner.state()
    const tensors = tf.memory().numTensors
    const broken = { ...batch, audio: batch.audio.map(() => Number.NaN) }
    await expect(learner.trainStep(broken)).rejects.toMatchObject({ problem: { code: 'training-diverged' } })
    expect(tf.memory().numTensors).toBe(tensors)
    expect(await learner.state()).toEqual(before)
    learner.dispose()
  })
}
