/** What the network must do on every backend: the same as its PyTorch twin, without leaving tensors behind. */
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { noiseFrom } from '../../diffusion/prediction.ts'
import { sample } from '../../diffusion/sampler.ts'
import { noiseSchedule } from '../../diffusion/schedule.ts'
import { withThreeAxes } from '../../kernels/kernel-arguments.ts'
import { condition, predict } from '../network.ts'
import { networkParameters } from '../parameters.ts'
import type { WaveGrad } from '../wavegrad.ts'
import type { Weights } from '../weights.ts'
import { loadShipped, loadTiny, readFixture, type Tensors, valuesOf } from './fixtures.ts'

/** NaN where any value of either is, so that no bound holds for it; infinite for other lengths. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let largest = 0
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]))
  return largest
}

/** The fixture's mel, [bands, frames], as [1, frames, bands]. */
export function melTensor(fixture: Tensors): tf.Tensor3D {
  const [bands, frames] = fixture.get('mel')?.shape ?? []
  return tf.tidy(() =>
    tf.tensor(valuesOf(fixture, 'mel'), [1, bands, frames]).transpose<tf.Tensor3D>([0, 2, 1]),
  )
}

async function evaluate(model: WaveGrad, fixture: Tensors): Promise<Float32Array> {
  const mel = melTensor(fixture)
  const y = valuesOf(fixture, 'y')
  const noisy = tf.tensor3d(y, [1, y.length, 1])
  const conditioning = model.condition(mel)
  const output = model.predict(noisy, conditioning, valuesOf(fixture, 'level')[0])
  const values = await output.data<'float32'>()
  tf.dispose([mel, noisy, output])
  tf.dispose(conditioning)
  return values
}

/** `up.1.conv.3.weight` and the like. */
function tensorOf(weights: Weights, name: string): tf.Tensor {
  const convolution = weights.get(name.slice(0, name.lastIndexOf('.')))
  if (!convolution) throw new Error(`No weights ${name}`)
  return name.endsWith('.bias') ? convolution.bias : convolution.filter
}

/** `weights` with one tensor in place of another. */
function withTensor(weights: Weights, name: string, tensor: tf.Tensor): Weights {
  const key = name.slice(0, name.lastIndexOf('.'))
  const convolution = weights.get(key)
  if (!convolution) throw new Error(`No weights ${name}`)
  const changed = name.endsWith('.bias') ? { bias: tensor.as1D() } : { filter: withThreeAxes(tensor) }
  return new Map([...weights, [key, { ...convolution, ...changed }]])
}

/** Declares the tests; the calling file has set the backend in a `beforeAll`. */
export function describeNetwork({ shipped }: { readonly shipped: readonly string[] }): void {
  test.each(['energy-v', 'paper', 'hop-300', 'four-levels', 'patches'])(
    'a %s network gives what PyTorch gives and leaves no tensor behind',
    async (name) => {
      const fixture = await readFixture(`${name}.expected`)
      const before = tf.memory().numTensors
      const model = await loadTiny(name)
      const values = await evaluate(model, fixture)
      model.dispose()
      expect(largestDifference(values, valuesOf(fixture, 'output'))).toBeLessThan(1e-4)
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test.each(['energy-v', 'paper', 'hop-300', 'four-levels', 'patches'])(
    'the reverse process with a %s network gives the waveform that PyTorch gives',
    async (name) => {
      const fixture = await readFixture(`${name}.expected`)
      const model = await loadTiny(name)
      const mel = melTensor(fixture)
      const conditioning = model.condition(mel)
      const samples = valuesOf(fixture, 'y').length
      const betas = valuesOf(fixture, 'betas')
      const y = await sample({
        schedule: noiseSchedule([...betas]),
        start: valuesOf(fixture, 'y_N'),
        async predictNoise(noisy, level) {
          const output = tf.tidy(() =>
            model.predict(tf.tensor3d(noisy, [1, samples, 1]), conditioning, level),
          )
          const values = await output.data<'float32'>()
          output.dispose()
          return noiseFrom(model.config.prediction, values, noisy, level)
        },
        freshNoise(n) {
          const row = betas.length - n
          return valuesOf(fixture, 'noise').subarray(row * samples, (row + 1) * samples)
        },
      })
      const [, frames, bands] = mel.shape
      const waveform = await model.waveform(y, { frames, bands, values: Float32Array.from(await mel.data()) })
      mel.dispose()
      tf.dispose(conditioning)
      model.dispose()
      expect(largestDifference(waveform, valuesOf(fixture, 'waveform'))).toBeLessThan(1e-3)
    },
  )

  test('gradients reach the waveform and the named weights as PyTorch says', async () => {
    const fixture = await readFixture('energy-v.expected')
    const before = tf.memory().numTensors
    const model = await loadTiny('energy-v')
    const watched = [
      'first_conv.weight',
      'up.1.conv.3.weight',
      'film.0.output_conv.bias',
      'down.1.residual.weight',
    ]
    const named = watched.map((name) => tensorOf(model.weights, name))
    const y = valuesOf(fixture, 'y')
    const gradients = tf.tidy(() => {
      const mel = melTensor(fixture)
      const output = (...[noisy, ...replaced]: tf.Tensor[]) => {
        const weights = watched.reduce((map, name, i) => withTensor(map, name, replaced[i]), model.weights)
        const parameters = networkParameters(model.config.network, weights)
        const level = valuesOf(fixture, 'level')[0]
        return predict(noisy.as3D(1, y.length, 1), condition(mel, parameters), [level], parameters)
      }
      const incoming = tf.tensor3d(valuesOf(fixture, 'gradient'), [1, y.length, 1])
      const [byY, ...byWeights] = tf.grads(output)([tf.tensor1d(y), ...named], incoming)
      return [
        byY,
        ...byWeights.map((gradient) => (gradient.rank === 3 ? gradient.transpose([2, 1, 0]) : gradient)),
      ]
    })
    const expected = ['grad.y', ...watched.map((name) => `grad.${name}`)].map((name) =>
      valuesOf(fixture, name),
    )
    for (const [index, gradient] of gradients.entries()) {
      const scale = Math.max(...expected[index].map(Math.abs))
      expect(largestDifference(await gradient.data(), expected[index]) / scale).toBeLessThan(1e-4)
    }
    model.dispose()
    tf.dispose(gradients)
    expect(tf.memory().numTensors).toBe(before)
  })

  test.each(shipped)('%s gives what PyTorch gives', { timeout: 60_000 }, async (id) => {
    const fixture = await readFixture(id)
    const model = await loadShipped(id)
    const values = await evaluate(model, fixture)
    model.dispose()
    expect(largestDifference(values, valuesOf(fixture, 'v'))).toBeLessThan(1e-4)
  })
}
