/** Tests of matrix products on every backend: convolutions with one tap, and weights that absorb their neighbours. */
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { type Absorbing, absorbed, absorbedGradients } from '../absorbed.ts'
import { ConstantMatrix } from '../constant-matrix.ts'
import { conv1d } from '../conv1d.ts'
import { withThreeAxes } from '../kernel-arguments.ts'
import { expectClose, expectGradientsOfDifferences, signal } from './expectations.ts'
import { naiveConv1d } from './naive.ts'

/** Declares the tests; the calling file has set the backend in a `beforeAll`. */
export function describeProducts(): void {
  describe('a convolution with one tap', () => {
    test.each([
      { batch: 2, time: 13, inputs: 7, outputs: 19 },
      { batch: 1, time: 6, inputs: 4, outputs: 8 },
      { batch: 3, time: 1, inputs: 1, outputs: 1 },
      { batch: 1, time: 131, inputs: 5, outputs: 9 },
      { batch: 1, time: 100, inputs: 1500, outputs: 9 },
    ])('equals a plain loop at %o', async ({ batch, time, inputs, outputs }) => {
      const [x, filter, [[bias]]] = [
        signal(batch, time, inputs, 1),
        signal(1, inputs, outputs, 2),
        signal(1, 1, outputs, 3),
      ]
      const before = tf.memory().numTensors
      const y = tf.tidy(() => conv1d(tf.tensor3d(x), tf.tensor3d(filter), tf.tensor1d(bias)))
      const values = naiveConv1d(x, filter, bias, { dilation: 1 }).flat(2)
      await expectClose(y, { shape: [batch, time, outputs], values }, 1e-4)
      y.dispose()
      expect(tf.memory().numTensors).toBe(before)
    })

    test.each([
      [2, 9],
      [1, 131],
    ])('has the gradients of its central differences at %i x %i', (batch, time) =>
      expectGradientsOfDifferences(
        (x, filter, bias, residual) =>
          conv1d(withThreeAxes(x), withThreeAxes(filter), bias.as1D(), { residual: withThreeAxes(residual) }),
        [[batch, time, 5], [1, 5, 11], [11], [batch, time, 11]],
      ),
    )
  })

  test('a product with a matrix of bands and empty columns equals a plain loop', async () => {
    const [rows, inner, columns] = [11, 40, 37]
    const [[x]] = [signal(1, rows, inner, 1)]
    // Columns 8 to 18 and the last three are empty; the others have values near the diagonal.
    const isEmpty = (column: number) => (column >= 8 && column < 19) || column >= 34
    const matrix = Array.from({ length: inner }, (_, k) =>
      Array.from({ length: columns }, (_, column) =>
        !isEmpty(column) && Math.abs(k - column) < 3 ? Math.cos(k + 2 * column) : 0,
      ),
    )
    const constant = new ConstantMatrix(Float32Array.from(matrix.flat()), inner, columns)
    const y = tf.tidy(() => constant.times(tf.tensor2d(x)))
    const values = x.flatMap((row) =>
      matrix[0].map((_, column) => row.reduce((sum, value, k) => sum + value * matrix[k][column], 0)),
    )
    await expectClose(y, { shape: [rows, columns], values }, 1e-5)
    y.dispose()
    constant.dispose()
  })

  describe.each([
    [5, 7],
    [12, 8],
  ])('weights of %i x %i that absorb their neighbours', (inputs, outputs) => {
    const [[matrix], [[bias, scale]], [[gains, offsets]]] = [
      signal(1, inputs, outputs, 1),
      signal(1, 2, outputs, 2),
      signal(1, 2, inputs, 3),
    ]
    const weights = (): Absorbing => ({
      matrix: tf.tensor2d(matrix),
      bias: tf.tensor1d(bias),
      gains: tf.tensor1d(gains),
      offsets: tf.tensor1d(offsets),
      scale: tf.tensor1d(scale),
    })

    test('give the same product', async () => {
      const before = tf.memory().numTensors
      const [[[x]]] = [signal(1, 1, inputs, 4)]
      const { filter, bias: offset } = tf.tidy(() => absorbed(weights()))
      const product = tf.tidy(() => tf.matMul(tf.tensor2d([x]), filter.as2D(inputs, outputs)).add(offset))
      const values = scale.map(
        (factor, o) =>
          factor * x.reduce((sum, value, i) => sum + matrix[i][o] * (gains[i] * value + offsets[i]), bias[o]),
      )
      await expectClose(product, { shape: [1, outputs], values }, 1e-4)
      tf.dispose([filter, offset, product])
      expect(tf.memory().numTensors).toBe(before)
    })

    test('have the gradients that the formula has', async () => {
      const before = tf.memory().numTensors
      const [[dFilter], [[dBias]]] = [signal(1, inputs, outputs, 5), signal(1, 1, outputs, 6)]
      const found = tf.tidy(() => absorbedGradients(weights(), tf.tensor2d(dFilter), tf.tensor1d(dBias)))
      const seen = (i: number, o: number) => dFilter[i][o] * gains[i] + dBias[o] * offsets[i]
      const sum = (count: number, term: (index: number) => number) =>
        Array.from({ length: count }, (_, index) => term(index)).reduce((total, each) => total + each)
      const at = (i: number, o: number) => matrix[i][o] * scale[o]
      const expected = {
        matrix: matrix.flatMap((row, i) => row.map((_, o) => seen(i, o) * scale[o])),
        bias: dBias.map((value, o) => value * scale[o]),
        gains: gains.map((_, i) => sum(outputs, (o) => dFilter[i][o] * at(i, o))),
        offsets: offsets.map((_, i) => sum(outputs, (o) => dBias[o] * at(i, o))),
        scale: scale.map((_, o) => dBias[o] * bias[o] + sum(inputs, (i) => seen(i, o) * matrix[i][o])),
      }
      const shapes = {
        matrix: [inputs, outputs],
        bias: [outputs],
        gains: [inputs],
        offsets: [inputs],
        scale: [outputs],
      }
      for (const name of ['matrix', 'bias', 'gains', 'offsets', 'scale'] as const)
        await expectClose(found[name], { shape: shapes[name], values: expected[name] }, 1e-4)
      tf.dispose({ ...found })
      expect(tf.memory().numTensors).toBe(before)
    })
  })
}
