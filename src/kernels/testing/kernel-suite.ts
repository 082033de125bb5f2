/** Kernel tests for every backend: values and gradients against three oracles, at odd sizes, without tensor leaks. */
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { adam } from '../adam.ts'
import { addNoiseLevel } from '../add-noise-level.ts'
import { ConstantMatrix } from '../constant-matrix.ts'
import { conv1d } from '../conv1d.ts'
import { filmLeakyRelu } from '../film-leaky-relu.ts'
import convCases from '../fixtures/conv1d.fixture.json'
import filmCases from '../fixtures/film-leaky-relu.fixture.json'
import noiseLevel from '../fixtures/noise-level.fixture.json'
import resampleCases from '../fixtures/resample.fixture.json'
import { withThreeAxes } from '../kernel-arguments.ts'
import { leakyRelu } from '../leaky-relu.ts'
import { averagePool, upsample } from '../resample.ts'
import { sumOfSquares } from '../sum-of-squares.ts'
import { sumOverTime } from '../sum-over-time.ts'
import { expectClose, expectGradientsOfDifferences, expectValueAndGradients, signal } from './expectations.ts'
import { naiveConv1d } from './naive.ts'

/** PyTorch's [outputs, inputs, taps] to [taps, inputs, outputs], and back. */
const turned = (filter: tf.Tensor) => tf.transpose(withThreeAxes(filter), [2, 1, 0])

/** Declares the tests; the calling file sets the backend in a `beforeAll`. */
export function describeKernels(): void {
  test.each([1, 4, 7])(
    'a product of %i rows with a mostly zero matrix and its gradient follow the definition',
    async (count) => {
      const [rows, columns] = [7, 5]
      const value = (row: number, column: number) =>
        Math.abs(row - column) > 1 ? 0 : Math.cos(row + 3 * column)
      const values = Float32Array.from({ length: rows * columns }, (_, i) =>
        value(Math.floor(i / columns), i % columns),
      )
      const [x] = signal(1, count, rows, 1)
      const before = tf.memory().numTensors
      const matrix = new ConstantMatrix(values, rows, columns)
      const product = tf.tidy(() => matrix.times(tf.tensor2d(x)))
      const expected = x.flatMap((row) =>
        Array.from({ length: columns }, (_, column) =>
          row.reduce((sum, each, r) => sum + each * value(r, column), 0),
        ),
      )
      await expectClose(product, { shape: [count, columns], values: expected }, 1e-5)
      product.dispose()
      await expectGradientsOfDifferences((from) => matrix.times(from.as2D(count, rows)), [[count, rows]])
      matrix.dispose()
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test.each([
    [1, 3, 7],
    [2, 9, 12],
    [3, 130, 5],
  ])(
    'sums over %i x %i rows of %i channels, and of squares, are those of a plain loop',
    async (batch, time, channels) => {
      const values = signal(batch, time, channels, 1)
      const before = tf.memory().numTensors
      const x = tf.tensor3d(values)
      const sums = sumOverTime(x)
      const rows = values.flat()
      const expected = Array.from({ length: channels }, (_, channel) =>
        rows.reduce((sum, row) => sum + row[channel], 0),
      )
      await expectClose(sums, { shape: [channels], values: expected }, 1e-4)
      const squares = sumOfSquares([x, x])
      const sum = rows.flat().reduce((total, value) => total + value * value, 0)
      await expectClose(squares, { shape: [], values: [2 * sum] }, 1e-4 * sum)
      tf.dispose([x, sums, squares])
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test('a step of Adam follows the paper and does not change the previous state', async () => {
    const rates = {
      meanDecay: 0.9,
      squareDecay: 0.99,
      size: 0.02,
      rootOfSquareCorrection: 0.3,
      epsilon: 1e-8,
      factor: 0.5,
      averageDecay: 0.8,
    }
    const [weight, average, mean, square, gradient] = [1, 2, 3, 4, 5].map((seed) =>
      signal(1, 3, 7, seed)[0].flat(),
    )
    const before = tf.memory().numTensors
    const state = {
      weight: tf.tensor1d(weight),
      average: tf.tensor1d(average),
      mean: tf.tensor1d(mean),
      square: tf.tensor1d(square.map(Math.abs)),
    }
    const found = tf.tidy(() => adam(state, tf.tensor1d(gradient), rates))
    const means = mean.map((m, i) => 0.9 * m + 0.1 * 0.5 * gradient[i])
    const squares = square.map((v, i) => 0.99 * Math.abs(v) + 0.01 * (0.5 * gradient[i]) ** 2)
    const weights = weight.map((w, i) => w - (0.02 * means[i]) / (Math.sqrt(squares[i]) / 0.3 + 1e-8))
    const averages = average.map((a, i) => 0.8 * a + 0.2 * weights[i])
    const shape = [weight.length]
    await expectClose(found.weight, { shape, values: weights }, 1e-5)
    await expectClose(found.average, { shape, values: averages }, 1e-5)
    await expectClose(found.mean, { shape, values: means }, 1e-5)
    await expectClose(found.square, { shape, values: squares }, 1e-5)
    await expectClose(state.weight, { shape, values: weight }, 1e-6)
    tf.dispose([{ ...state }, { ...found }])
    expect(tf.memory().numTensors).toBe(before)
  })

  describe('conv1d', () => {
    test.each(convCases)(
      'equals PyTorch, including its gradients: $name',
      async ({ dilation, upsample: factor, tensors }) => {
        const { x, weight, bias, y, dy, dx, dweight, dbias } = tensors
        const run = (xs: tf.Tensor, filter: tf.Tensor, b: tf.Tensor) =>
          conv1d(upsample(withThreeAxes(xs), factor), turned(filter), b.as1D(), { dilation })
        await expectValueAndGradients(run, [x, weight, bias], { y, dy, gradients: [dx, dweight, dbias] })
      },
    )

    test.each([
      { batch: 1, time: 1, inputs: 1, outputs: 1, taps: 3, dilation: 8 },
      { batch: 2, time: 67, inputs: 33, outputs: 17, taps: 3, dilation: 2 },
      { batch: 1, time: 130, inputs: 5, outputs: 70, taps: 1, dilation: 1 },
      { batch: 3, time: 31, inputs: 2, outputs: 1, taps: 5, dilation: 3 },
    ])(
      'equals a plain loop, with leaky ReLU, at %o',
      async ({ batch, time, inputs, outputs, taps, dilation }) => {
        const x = signal(batch, time, inputs, 1)
        const filter = signal(taps, inputs, outputs, 2)
        const [[bias]] = signal(1, 1, outputs, 3)
        const expected = naiveConv1d(x, filter, bias, { dilation, slope: 0.2 }).flat(2)
        const before = tf.memory().numTensors
        const result = tf.tidy(() =>
          conv1d(tf.tensor3d(x), tf.tensor3d(filter), tf.tensor1d(bias), { dilation, leakyReluSlope: 0.2 }),
        )
        await expectClose(result, { shape: [batch, time, outputs], values: expected }, 1e-4)
        result.dispose()
        expect(tf.memory().numTensors).toBe(before)
      },
    )

    test.each([1, 3])('adds a residual with each sample repeated %i times', async (repeat) => {
      const [x, filter, residual] = [signal(2, 9, 3, 1), signal(3, 3, 4, 2), signal(2, 9 / repeat, 4, 4)]
      const bias = [1, -1, 0.5, 0]
      const result = tf.tidy(() =>
        conv1d(tf.tensor3d(x), tf.tensor3d(filter), tf.tensor1d(bias), { residual: tf.tensor3d(residual) }),
      )
      const values = naiveConv1d(x, filter, bias, { dilation: 1, residual }).flat(2)
      await expectClose(result, { shape: [2, 9, 4], values }, 1e-4)
      result.dispose()
    })

    test('has the gradients of its central differences with leaky ReLU', () =>
      expectGradientsOfDifferences(
        (x, filter, bias) =>
          conv1d(withThreeAxes(x), withThreeAxes(filter), bias.as1D(), { dilation: 2, leakyReluSlope: 0.2 }),
        [[2, 11, 3], [3, 3, 5], [5]],
      ))

    test('has the gradients of its central differences with a residual at a lower rate', () =>
      expectGradientsOfDifferences(
        (x, filter, bias, residual) =>
          conv1d(withThreeAxes(x), withThreeAxes(filter), bias.as1D(), { residual: withThreeAxes(residual) }),
        [[2, 12, 3], [3, 3, 2], [2], [2, 4, 2]],
      ))

    test('sums a filter gradient over several partial sums, bit-identical in every run', async () => {
      const [x, dy] = [signal(2, 1100, 4, 1), signal(2, 1100, 8, 2)]
      const run = () =>
        tf.tidy(() =>
          tf.grad((filter) => conv1d(tf.tensor3d(x), withThreeAxes(filter), tf.zeros([8]), { dilation: 4 }))(
            tf.zeros([3, 4, 8]),
            tf.tensor3d(dy),
          ),
        )
      const [first, second] = [run(), run()]
      const at = (tap: number, input: number, output: number) =>
        x.flatMap((item, b) => item.map((_, t) => (item[t + 4 * (tap - 1)]?.[input] ?? 0) * dy[b][t][output]))
      const values = [0, 1, 2].flatMap((tap) =>
        [0, 1, 2, 3].flatMap((input) =>
          [0, 1, 2, 3, 4, 5, 6, 7].map((output) => at(tap, input, output).reduce((sum, term) => sum + term)),
        ),
      )
      await expectClose(first, { shape: [3, 4, 8], values }, 1e-3)
      expect(await second.data()).toEqual(await first.data())
      tf.dispose([first, second])
    })

    test('refuses shapes that do not fit', () => {
      tf.tidy(() => {
        const x = tf.zeros<tf.Rank.R3>([1, 4, 3])
        expect(() => conv1d(x, tf.zeros([3, 2, 5]), tf.zeros([5]))).toThrow(/filter/)
        expect(() => conv1d(x, tf.zeros([2, 3, 5]), tf.zeros([5]))).toThrow(/filter/)
        expect(() =>
          conv1d(x, tf.zeros([3, 3, 5]), tf.zeros([5]), { residual: tf.zeros([1, 3, 5]) }),
        ).toThrow(/residual/)
      })
    })
  })

  test('filmLeakyRelu equals PyTorch, including its gradients', async () => {
    for (const { slope, tensors } of filmCases) {
      const { x, shift, scale, y, dy, dx, dshift, dscale } = tensors
      await expectValueAndGradients(
        (xs, b, a) =>
          filmLeakyRelu(withThreeAxes(xs), { shift: withThreeAxes(b), scale: withThreeAxes(a) }, slope),
        [x, shift, scale],
        { y, dy, gradients: [dx, dshift, dscale] },
      )
    }
  })

  test('leakyRelu has its values and gradients on both sides of zero', () =>
    expectValueAndGradients(
      (x) => leakyRelu(withThreeAxes(x), 0.25),
      [{ shape: [1, 2, 2], values: [-4, 2, -1, 8] }],
      {
        y: { shape: [1, 2, 2], values: [-1, 2, -0.25, 8] },
        dy: { shape: [1, 2, 2], values: [1, 1, 2, 3] },
        gradients: [{ shape: [1, 2, 2], values: [0.25, 1, 0.5, 3] }],
      },
    ))

  test.each(resampleCases)(
    'resampling equals PyTorch, including its gradient: $name',
    async ({ factor, tensors }) => {
      const { x, y, dy, dx } = tensors
      const run = (xs: tf.Tensor) =>
        factor > 1
          ? averagePool(withThreeAxes(xs), factor)
          : upsample(withThreeAxes(xs), Math.round(1 / factor))
      await expectValueAndGradients(run, [x], { y, dy, gradients: [dx] })
    },
  )

  test('addNoiseLevel adds PyTorch’s encoding to every sample and passes gradients', async () => {
    const { level, encoding } = noiseLevel.tensors
    const [items, channels] = encoding.shape
    const rows = Array.from({ length: items }, (_, b) =>
      encoding.values.slice(b * channels, (b + 1) * channels),
    )
    const twice = rows.flatMap((row) => [...row, ...row])
    const zeros = { shape: [items, 2, channels], values: twice.map(() => 0) }
    const y = { shape: zeros.shape, values: twice }
    await expectValueAndGradients(
      (x) => addNoiseLevel(withThreeAxes(x), level.values, noiseLevel.scale),
      [zeros],
      {
        y,
        dy: y,
        gradients: [y],
      },
    )
  })
}
