/** Tests of the frame network's kernels on every backend: values against plain loops, gradients against differences. */
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { depthwise } from '../frames/depthwise.ts'
import { normalise } from '../frames/normalise.ts'
import { silu } from '../frames/silu.ts'
import { withThreeAxes } from '../kernel-arguments.ts'
import { expectClose, expectGradientsOfDifferences, signal } from './expectations.ts'
import { naiveDepthwise, naiveNormalise } from './naive.ts'

async function expectValues(run: () => tf.Tensor, expected: readonly (readonly (readonly number[])[])[]) {
  const before = tf.memory().numTensors
  const result = tf.tidy(run)
  const shape = [expected.length, expected[0].length, expected[0][0].length]
  await expectClose(result, { shape, values: expected.flat(2) }, 1e-4)
  result.dispose()
  expect(tf.memory().numTensors).toBe(before)
}

/** Declares the tests; the calling file has set the backend in a `beforeAll`. */
export function describeFrameKernels(): void {
  describe('depthwise', () => {
    test.each([
      { batch: 1, time: 1, channels: 1, taps: 7 },
      { batch: 2, time: 67, channels: 33, taps: 7 },
      { batch: 3, time: 5, channels: 8, taps: 3 },
    ])('equals a plain loop at %o', async ({ batch, time, channels, taps }) => {
      const x = signal(batch, time, channels, 1)
      const [filter] = signal(1, taps, channels, 2)
      const [[bias]] = signal(1, 1, channels, 3)
      await expectValues(
        () =>
          depthwise(
            tf.tensor3d(x),
            tf.tensor3d(
              filter.map((row) => [row]),
              [taps, 1, channels],
            ),
            tf.tensor1d(bias),
          ),
        naiveDepthwise(x, filter, bias),
      )
    })

    test.each([4, 5])('has the gradients of its central differences with %i channels', (channels) =>
      expectGradientsOfDifferences(
        (x, filter, bias) => depthwise(withThreeAxes(x), withThreeAxes(filter), bias.as1D()),
        [[2, 11, channels], [7, 1, channels], [channels]],
      ),
    )

    test('sums a filter gradient over several partial sums, bit-identical in every run', async () => {
      const [x, dy] = [signal(2, 150, 4, 1), signal(2, 150, 4, 2)]
      const run = () =>
        tf.tidy(() =>
          tf.grad((filter) => depthwise(tf.tensor3d(x), withThreeAxes(filter), tf.zeros([4])))(
            tf.zeros([3, 1, 4]),
            tf.tensor3d(dy),
          ),
        )
      const [first, second] = [run(), run()]
      const values = [-1, 0, 1].flatMap((offset) =>
        [0, 1, 2, 3].map((c) =>
          x.reduce(
            (sum, item, b) =>
              item.reduce((inner, _, t) => inner + (item[t + offset]?.[c] ?? 0) * dy[b][t][c], sum),
            0,
          ),
        ),
      )
      await expectClose(first, { shape: [3, 1, 4], values }, 1e-4)
      expect(await second.data()).toEqual(await first.data())
      tf.dispose([first, second])
    })

    test('refuses shapes that do not fit', () => {
      tf.tidy(() => {
        const x = tf.zeros<tf.Rank.R3>([1, 4, 3])
        expect(() => depthwise(x, tf.zeros([7, 1, 2]), tf.zeros([2]))).toThrow(/filter/)
        expect(() => depthwise(x, tf.zeros([6, 1, 3]), tf.zeros([3]))).toThrow(/filter/)
      })
    })
  })

  describe('normalise', () => {
    test.each([
      { batch: 2, time: 9, channels: 12 },
      { batch: 1, time: 3, channels: 7 },
    ])('equals a plain loop at %o', async ({ batch, time, channels }) => {
      const x = signal(batch, time, channels, 1).map((item) =>
        item.map((row) => row.map((value) => 3 * value + 5)),
      )
      await expectValues(() => normalise(tf.tensor3d(x)), naiveNormalise(x))
    })

    test.each([8, 5])('has the gradient of its central differences with %i channels', (channels) =>
      expectGradientsOfDifferences((x) => normalise(withThreeAxes(x)), [[2, 3, channels]]),
    )
  })

  describe('silu', () => {
    test('is x times its sigmoid, even far from zero', async () => {
      const x = signal(2, 5, 3, 1).map((item) => item.map((row) => row.map((value) => 30 * value)))
      const expected = x.map((item) => item.map((row) => row.map((value) => value / (1 + Math.exp(-value)))))
      await expectValues(() => silu(tf.tensor3d(x)), expected)
    })

    test('has the gradient of its central differences', () =>
      expectGradientsOfDifferences((x) => silu(withThreeAxes(x)), [[2, 3, 5]]))
  })
}
