import * as tf from '@tensorflow/tfjs'
import { afterEach, describe, expect, test } from 'vitest'
import { residualProductKernel } from '../../kernels/products.ts'
import { hasHalves, hasWebGpu } from '../../kernels/testing/webgpu-backend.ts'
import { halfProducts, setHalfProducts } from '../../kernels/webgpu/half-products.ts'
import { loadShipped } from '../../model/testing/fixtures.ts'
import { maxDifference } from '../../model/testing/network-suite.ts'
import { deviceNetwork } from '../synthesis/device-network.ts'
import { synthesize } from '../synthesis/synthesis.ts'
import { chooseBackend } from './backends.ts'

const inHalves = 'products in 16 bits'
const isCapable = await hasHalves()

describe.skipIf(!(await hasWebGpu()))('on webgpu', () => {
  afterEach(() => setHalfProducts(false))

  test.skipIf(isCapable)('an adapter without shader-f16 multiplies in 32 bits', async () => {
    const { report, gpu } = await chooseBackend({ backend: 'webgpu' })
    expect(report).toMatchObject({ name: 'webgpu', detail: expect.not.stringContaining(inHalves) })
    expect(halfProducts()).toBe(false)
    gpu?.close()
  })

  describe.skipIf(!isCapable)('with shader-f16', () => {
    test('products in 16 bits change samples of the shipped InferGrad by less than 0.002', async () => {
      const { report, gpu } = await chooseBackend({ backend: 'webgpu' })
      expect(report.detail).toContain(inHalves)
      const model = await loadShipped('infergrad-frames')
      const [frames, { bands }] = [24, model.config.mel]
      const values = Float32Array.from({ length: frames * bands }, (_, i) => 2 * Math.sin(i / 50) - 4)
      const request = { mel: { frames, bands, values }, betas: [0.06, 0.9], seed: 3 }
      const limits = { chunkFrames: frames }
      const run = () => synthesize(deviceNetwork(model, gpu, limits), request, limits)
      const found = await run()
      setHalfProducts(false)
      const expected = await run()
      expect(Math.max(...expected)).toBeGreaterThan(0.05)
      const difference = maxDifference(found, expected)
      expect(difference).toBeGreaterThan(0)
      expect(difference).toBeLessThan(0.002)
      model.dispose()
      gpu?.close()
    })

    test('if they fail the self-test, products stay in 32 bits', async () => {
      const kernel = tf.getKernel(residualProductKernel, 'webgpu')
      if (!kernel) throw new Error('There is no such kernel')
      const register = (kernelFunc: tf.KernelFunc) => {
        tf.unregisterKernel(residualProductKernel, 'webgpu')
        tf.registerKernel({ ...kernel, kernelFunc })
      }
      register((call) =>
        halfProducts() ? tf.zerosLike(call.inputs.residual as tf.Tensor) : kernel.kernelFunc(call),
      )
      try {
        const { report, gpu } = await chooseBackend({ backend: 'webgpu' })
        expect(report).toMatchObject({ name: 'webgpu', detail: expect.not.stringContaining(inHalves) })
        expect(halfProducts()).toBe(false)
        gpu?.close()
      } finally {
        register(kernel.kernelFunc)
      }
    })
  })
})
