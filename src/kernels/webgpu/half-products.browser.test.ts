import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { withThreeAxes } from '../kernel-arguments.ts'
import {
  normalisedProduct,
  normalisedProductKernel,
  residualProduct,
  residualProductKernel,
} from '../products.ts'
import { expectFusedAsComposed, signal } from '../testing/expectations.ts'
import { hasHalves, hasWebGpu, useWebGpu } from '../testing/webgpu-backend.ts'
import { setHalfProducts } from './half-products.ts'

/** Factors of 16 bits have errors of 2^-11. */
const tolerance = 1e-2

describe.skipIf(!(await hasWebGpu()) || !(await hasHalves()))('with shader-f16', () => {
  beforeAll(useWebGpu)
  afterEach(() => setHalfProducts(false))

  test.each([
    { batch: 2, time: 9, inputs: 12, outputs: 8 },
    { batch: 1, time: 17, inputs: 5, outputs: 7 },
  ])('products in 16 bits equal those in 32, within their tolerance: %o', async (sizes) => {
    const { batch, time, inputs, outputs } = sizes
    setHalfProducts(true)
    const weights = (filter: tf.Tensor, bias: tf.Tensor) => ({
      filter: withThreeAxes(filter.mul(0.3)),
      bias: bias.as1D(),
    })
    const shapes = [[batch, time, inputs], [1, inputs, outputs], [outputs]]
    await expectFusedAsComposed(
      [normalisedProductKernel],
      (x, filter, bias) => normalisedProduct(withThreeAxes(x), weights(filter, bias), { activated: true }),
      shapes,
      tolerance,
    )
    await expectFusedAsComposed(
      [residualProductKernel],
      (x, filter, bias, residual) =>
        residualProduct(withThreeAxes(x), weights(filter, bias), withThreeAxes(residual)),
      [...shapes, [batch, time, outputs]],
      tolerance,
    )
  })

  test('they are 16 bits only when asked for', async () => {
    const value = async () => {
      const result = tf.tidy(() =>
        residualProduct(
          tf.tensor3d(signal(1, 3, 8, 1)),
          { filter: tf.tensor3d(signal(1, 8, 4, 2)), bias: tf.zeros([4]) },
          tf.zeros([1, 3, 4]),
        ),
      )
      const values = await result.data()
      result.dispose()
      return Array.from(values)
    }
    const whole = await value()
    setHalfProducts(true)
    expect(await value()).not.toEqual(whole)
    setHalfProducts(false)
    expect(await value()).toEqual(whole)
  })
})
