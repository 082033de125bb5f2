import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { useWasm } from '../testing/backends.ts'

beforeAll(() => useWasm())

async function exponentialsOf(x: Float32Array | number[]): Promise<Float32Array> {
  const powers = tf.tidy(() => tf.tensor1d(x).exp())
  const values = await powers.data<'float32'>()
  powers.dispose()
  return values
}

test.each([1, 3, 4, 10])('exponentials of %i values are those of Math', async (count) => {
  const x = Float32Array.from({ length: count }, (_, i) => (17.3 * i * i + 1) * (i % 2 ? 0.05 : -0.05))
  for (const [index, value] of (await exponentialsOf(x)).entries())
    expect(Math.abs(value / Math.exp(x[index]) - 1), `e^${x[index]}`).toBeLessThan(1e-6)
})

test('exponentials overflow to infinity, underflow to zero and keep NaN', async () => {
  const x = [0, 88.7, 89, 200, Infinity, -200, -Infinity, NaN]
  const [one, largest, ...rest] = await exponentialsOf(x)
  expect(one).toBe(1)
  expect(Math.abs(largest / Math.exp(Math.fround(88.7)) - 1)).toBeLessThan(1e-6)
  expect(rest).toEqual([Infinity, Infinity, Infinity, 0, 0, NaN])
})

test('whole numbers have tfjs’s own exponential', async () => {
  const powers = tf.tidy(() => tf.tensor1d([0, 1], 'int32').exp())
  expect((await powers.data())[0]).toBe(1)
  powers.dispose()
})
