/** Tests that kernels without gradients equal the compositions that have them, on a backend with such kernels. */
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { ConstantMatrix } from '../constant-matrix.ts'
import { bandedProductKernel } from '../frames/frame-fusions.ts'
import { filteredSignalKernel, Stft } from '../frames/stft.ts'
import { fused } from '../fused.ts'
import { withThreeAxes } from '../kernel-arguments.ts'
import { normalisedProduct, normalisedProductKernel } from '../products.ts'
import { expectFusedAsComposed } from './expectations.ts'

/** Declares the tests; the calling file has set the backend in a `beforeAll`. */
export function describeFusions(): void {
  describe('in one kernel', () => {
    test.each([
      { batch: 1, time: 1, inputs: 4, outputs: 8, activated: true },
      { batch: 2, time: 9, inputs: 12, outputs: 7, activated: true },
      { batch: 3, time: 17, inputs: 5, outputs: 4, activated: false },
    ])(
      'a norm, a product and its activation equal the three: %o',
      ({ batch, time, inputs, outputs, activated }) =>
        expectFusedAsComposed(
          [normalisedProductKernel],
          (x, filter, bias) =>
            normalisedProduct(
              withThreeAxes(x.mul(3).add(5)),
              { filter: withThreeAxes(filter), bias: bias.as1D() },
              { activated },
            ),
          [[batch, time, inputs], [1, inputs, outputs], [outputs]],
        ),
    )

    test.each([
      { fftSize: 32, hopSamples: 5, padLeft: 16, padRight: 16, batch: 1 },
      { fftSize: 16, hopSamples: 4, padLeft: 6, padRight: 6, batch: 2 },
    ])('an inverse transform with gains equals its parts: %o', async ({ batch, ...framing }) => {
      const window = Float64Array.from({ length: framing.fftSize }, (_, n) => 1 + Math.sin(n / 3))
      const stft = new Stft({ ...framing, window })
      const samples = 60
      const shape = [batch * stft.frames(samples), stft.bins]
      for (const shapes of [
        [shape, shape, shape],
        [shape, shape],
      ])
        await expectFusedAsComposed(
          [filteredSignalKernel],
          (re, im, gains) =>
            stft.signal(
              { re: re.as2D(shape[0], shape[1]), im: im.as2D(shape[0], shape[1]) },
              samples,
              gains?.as2D(shape[0], shape[1]),
            ),
          shapes,
        )
      stft.dispose()
    })

    test('a product with a banded matrix equals that with all of it, also for columns of zeros', async () => {
      const [rows, columns] = [6, 4]
      const values = Float32Array.from({ length: rows * columns }, (_, i) => {
        const [row, column] = [Math.floor(i / columns), i % columns]
        return column !== 2 && Math.abs(row - 1.5 * column) < 2 ? 1 + i : 0
      })
      const matrix = new ConstantMatrix(values, rows, columns)
      await expectFusedAsComposed([bandedProductKernel], (x) => matrix.times(x.as2D(5, rows)), [[5, rows]])
      matrix.dispose()
    })
  })

  test('a backend without the kernel computes the composition', async () => {
    const before = tf.memory().numTensors
    const result = fused('NoSuchKernel', {}, {}, () => tf.scalar(2).mul(3))
    expect(Array.from(await result.data())).toEqual([6])
    result.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
}
