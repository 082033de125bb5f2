/** Network tests for every backend: results equal PyTorch's, without tensor leaks. */
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { noiseFrom } from '../../diffusion/prediction.ts'
import { sample } from '../../diffusion/sampler.ts'
import { noiseSchedule } from '../../diffusion/schedule.ts'
import { plainSignals } from '../../diffusion/signals.ts'
import { createArchitecture } from '../architectures.ts'
import type { Vocoder } from '../vocoder.ts'
import { downloadWeights } from '../weights.ts'
import { loadShipped, loadTiny, readFixture, type Tensors, valuesOf } from './fixtures.ts'
import { waveformInNumbers } from './waveform-in-numbers.ts'

/** NaN if any value of either is NaN, so that no bound holds; infinite if the lengths differ. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let max = 0
  for (let i = 0; i < a.length; i++) max = Math.max(max, Math.abs(a[i] - b[i]))
  return max
}

/** The fixture's mel, [bands, frames], as [1, frames, bands]. */
export function melTensor(fixture: Tensors): tf.Tensor3D {
  const [bands, frames] = fixture.get('mel')?.shape ?? []
  return tf.tidy(() =>
    tf.tensor(valuesOf(fixture, 'mel'), [1, bands, frames]).transpose<tf.Tensor3D>([0, 2, 1]),
  )
}

/** The excitation in the fixture of a frame network. */
function pulsesTensor(fixture: Tensors): tf.Tensor2D | undefined {
  return fixture.has('pulses') ? tf.tensor2d(valuesOf(fixture, 'pulses'), [1, samplesOf(fixture)]) : undefined
}

const samplesOf = (fixture: Tensors) => valuesOf(fixture, 'y').length

async function evaluate(model: Vocoder, fixture: Tensors): Promise<Float32Array> {
  const output = tf.tidy(() => {
    const conditioned = model.condition(melTensor(fixture), pulsesTensor(fixture))
    const noisy = tf.tensor2d(valuesOf(fixture, 'y'), [1, samplesOf(fixture)])
    return conditioned.predict(noisy, [valuesOf(fixture, 'level')[0]])
  })
  const values = await output.data<'float32'>()
  output.dispose()
  return values
}

const names = ['energy-v', 'paper', 'hop-300', 'four-levels', 'patches', 'frames', 'frames-short']

/** Declares the tests; the calling file sets the backend in a `beforeAll`. */
export function describeNetwork({ shipped }: { readonly shipped: readonly string[] }): void {
  test.each(names)('a %s network equals PyTorch and does not leak tensors', async (name) => {
    const fixture = await readFixture(`${name}.expected`)
    const before = tf.memory().numTensors
    const model = await loadTiny(name)
    const values = await evaluate(model, fixture)
    model.dispose()
    expect(maxDifference(values, valuesOf(fixture, 'output'))).toBeLessThan(1e-4)
    expect(tf.memory().numTensors).toBe(before)
  })

  test.each(names)('the reverse process with a %s network gives PyTorch’s waveform', async (name) => {
    const fixture = await readFixture(`${name}.expected`)
    const model = await loadTiny(name)
    const mel = melTensor(fixture)
    const pulses = pulsesTensor(fixture)
    const conditioned = model.condition(mel, pulses)
    const samples = samplesOf(fixture)
    const betas = valuesOf(fixture, 'betas')
    const y = await sample({
      signals: plainSignals,
      schedule: noiseSchedule([...betas]),
      samples,
      initialNoise: (first, length) => valuesOf(fixture, 'y_N').subarray(first, first + length),
      async predictNoise(noisy, level) {
        const output = tf.tidy(() => conditioned.predict(tf.tensor2d(noisy, [1, samples]), [level]))
        const values = await output.data<'float32'>()
        output.dispose()
        return noiseFrom(plainSignals, model.config.prediction, values, noisy, level)
      },
      freshNoise(n) {
        const row = betas.length - n
        return valuesOf(fixture, 'noise').subarray(row * samples, (row + 1) * samples)
      },
    })
    const [, frames, bands] = mel.shape
    const waveform = await waveformInNumbers(model, y, {
      frames,
      bands,
      values: Float32Array.from(await mel.data()),
    })
    conditioned.dispose()
    tf.dispose([mel, pulses ?? []])
    model.dispose()
    expect(maxDifference(waveform, valuesOf(fixture, 'waveform'))).toBeLessThan(1e-3)
  })

  test.each(['energy-v', 'frames', 'frames-short'])(
    'gradients in the waveform and the named weights of a %s network equal PyTorch’s',
    async (name) => {
      const fixture = await readFixture(`${name}.expected`)
      const before = tf.memory().numTensors
      const model = await loadTiny(name)
      const architecture = createArchitecture(model.config)
      const gradients = tf.tidy(() => {
        const network = architecture.over(model.weights)
        const trained = network.trained(() => true)
        const y = tf.tensor2d(valuesOf(fixture, 'y'), [1, samplesOf(fixture)])
        const output = () =>
          network
            .condition(melTensor(fixture), pulsesTensor(fixture))
            .predict(y, [valuesOf(fixture, 'level')[0]])
        const incoming = tf.tensor2d(valuesOf(fixture, 'gradient'), y.shape)
        const [byY, ...byParameters] = tf.engine().gradients(output, [y, ...trained.tensors], incoming).grads
        const byName = trained.pullBack(byParameters).map(({ name, gradient }) => [name, gradient] as const)
        return Object.fromEntries([['y', byY], ...byName])
      })
      const found = await downloadWeights(new Map(Object.entries(gradients)))
      const watched = [...fixture.keys()].filter((key) => key.startsWith('grad.'))
      expect(watched.length).toBeGreaterThan(3)
      for (const key of watched) {
        const expected = valuesOf(fixture, key)
        const scale = Math.max(...expected.map(Math.abs))
        const values = found.get(key.slice('grad.'.length))?.values ?? []
        expect(maxDifference(values, expected) / scale, key).toBeLessThan(1e-4)
      }
      tf.dispose(gradients)
      architecture.dispose()
      model.dispose()
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test.each(shipped)('%s equals PyTorch', { timeout: 60_000 }, async (id) => {
    const fixture = await readFixture(id)
    const model = await loadShipped(id)
    const values = await evaluate(model, fixture)
    model.dispose()
    expect(maxDifference(values, valuesOf(fixture, 'v'))).toBeLessThan(1e-4)
  })
}
