/** Comparisons shared by the kernel test suites. */
import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'

export type Stored = { readonly shape: readonly number[]; readonly values: readonly number[] }

const stored = ({ shape, values }: Stored) => tf.tensor([...values], [...shape])

export async function expectClose(actual: tf.Tensor, expected: Stored, tolerance: number): Promise<void> {
  expect(actual.shape).toEqual(expected.shape)
  const values = await actual.data()
  for (const [index, value] of expected.values.entries())
    expect(Math.abs(values[index] - value), `${values[index]} for ${value} at ${index}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(value)),
    )
}

/** Runs `f` and its gradients for `dy`; compares with `y` and `gradients`, and counts tensors. */
export async function expectValueAndGradients(
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly Stored[],
  { y, dy, gradients }: { y: Stored; dy: Stored; gradients: readonly Stored[] },
): Promise<void> {
  const before = tf.memory().numTensors
  const tensors = inputs.map(stored)
  const incoming = stored(dy)
  const value = tf.tidy(() => f(...tensors))
  const found = tf.tidy(() => tf.grads(f)(tensors, incoming))
  await expectClose(value, y, 1e-4)
  for (const [index, gradient] of gradients.entries()) await expectClose(found[index], gradient, 1e-4)
  tf.dispose([tensors, incoming, value, found])
  expect(tf.memory().numTensors).toBe(before)
}

/** Compares each gradient of sum(f * weights) with central differences at a few places. */
export async function expectGradientsOfDifferences(
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  shapes: readonly number[][],
): Promise<void> {
  const before = tf.memory().numTensors
  const inputs = shapes.map((shape, index) => tf.randomNormal(shape, 0, 1, 'float32', index + 1))
  const weights = tf.tidy(() => tf.randomNormal(f(...inputs).shape, 0, 1, 'float32', 99))
  const loss = (...tensors: tf.Tensor[]): tf.Scalar =>
    f(...tensors)
      .mul(weights)
      .sum()
  const gradients = tf.tidy(() => tf.grads(loss)(inputs))
  const step = 1e-2
  for (const [index, input] of inputs.entries()) {
    const values = await input.data()
    const found = await gradients[index].data()
    for (const place of [0, Math.floor(values.length / 2), values.length - 1]) {
      const moved = async (by: number) => {
        const changed = Float32Array.from(values)
        changed[place] += by
        const result = tf.tidy(() =>
          loss(...inputs.map((tensor, i) => (i === index ? tf.tensor(changed, tensor.shape) : tensor))),
        )
        const [total] = await result.data()
        result.dispose()
        return total
      }
      const difference = ((await moved(step)) - (await moved(-step))) / (2 * step)
      expect(Math.abs(found[place] - difference)).toBeLessThan(1e-2 * Math.max(1, Math.abs(difference)))
    }
  }
  tf.dispose([inputs, weights, gradients])
  expect(tf.memory().numTensors).toBe(before)
}

/**
 * Compares `f` outside of a gradient, where it must call the kernels of these names, with `f` within one, where it is
 * composed of stock operations (fused.ts). Inputs are normal.
 */
export async function expectFusedAsComposed(
  names: readonly string[],
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  shapes: readonly number[][],
  tolerance = 1e-4,
): Promise<void> {
  const inputs = shapes.map((shape, index) => tf.randomNormal(shape, 0, 1, 'float32', index + 1))
  const { kernelNames, result } = await tf.profile(() => tf.tidy(() => f(...inputs)))
  expect(kernelNames).toEqual(expect.arrayContaining([...names]))
  if (!(result instanceof tf.Tensor)) throw new Error('The result is not a tensor')
  const composed: tf.Tensor[] = []
  const gradients = tf.tidy(() =>
    tf.grads((...given: tf.Tensor[]) => {
      const value = f(...given)
      composed.push(tf.keep(value.clone()))
      return value
    })(inputs),
  )
  const values = Array.from(await composed[0].data())
  expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.1)
  await expectClose(result, { shape: composed[0].shape, values }, tolerance)
  tf.dispose([inputs, result, composed, gradients])
}

/** Irregular values, the same in every run. */
export function signal(batch: number, time: number, channels: number, seed: number): number[][][] {
  const value = (index: number) => Math.sin(index * index * 0.7 + seed)
  return Array.from({ length: batch }, (_, b) =>
    Array.from({ length: time }, (_, t) =>
      Array.from({ length: channels }, (_, c) => value((b * time + t) * channels + c)),
    ),
  )
}
