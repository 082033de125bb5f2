/** What the network must do on every backend: the same as its PyTorch twin, without leaving tensors behind. */
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import type { WaveGrad } from '../wavegrad.ts'
import { loadShipped, loadTiny, readFixture, type Tensors, valuesOf } from './fixtures.ts'

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i])
    if (!(difference <= largest)) largest = difference // NaN, too, is a difference
  }
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

/** Declares the tests; the calling file has set the backend in a `beforeAll`. */
export function describeNetwork({ shipped }: { readonly shipped: readonly string[] }): void {
  test.each(['energy-v', 'paper', 'hop-300', 'four-levels'])(
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

  test.each(shipped)('%s gives what PyTorch gives', async (id) => {
    const fixture = await readFixture(id)
    const model = await loadShipped(id)
    const values = await evaluate(model, fixture)
    model.dispose()
    expect(largestDifference(values, valuesOf(fixture, 'v'))).toBeLessThan(1e-4)
  })
}
