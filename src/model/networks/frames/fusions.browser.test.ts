import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  envelopedKernel,
  limitedGainKernel,
  lnOfBandsKernel,
  mixedSpectraKernel,
  spectralFeaturesKernel,
} from '../../../kernels/frames/frame-fusions.ts'
import { filteredSignalKernel } from '../../../kernels/frames/stft.ts'
import { withThreeAxes } from '../../../kernels/kernel-arguments.ts'
import { normalisedProductKernel, residualProductKernel } from '../../../kernels/products.ts'
import { expectFusedAsComposed } from '../../../kernels/testing/expectations.ts'
import { hasWebGpu, useWebGpu } from '../../../kernels/testing/webgpu-backend.ts'
import { loadTiny } from '../../testing/fixtures.ts'

describe.skipIf(!(await hasWebGpu()))('on webgpu', () => {
  beforeAll(useWebGpu)

  test('an evaluation in fused kernels equals one in differentiable operations, for two items at once', async () => {
    const model = await loadTiny('frames-short')
    const { hopSamples, bands } = model.config.mel
    const frames = 9
    const before = tf.memory().numTensors
    await expectFusedAsComposed(
      [
        envelopedKernel,
        limitedGainKernel,
        lnOfBandsKernel,
        mixedSpectraKernel,
        spectralFeaturesKernel,
        normalisedProductKernel,
        residualProductKernel,
        filteredSignalKernel,
      ],
      (mel, pulses, y) =>
        model
          .condition(withThreeAxes(mel.sub(2)), pulses.as2D(2, frames * hopSamples))
          .predict(y.as2D(2, frames * hopSamples), [0.6, 0.3]),
      [
        [2, frames, bands],
        [2, frames * hopSamples],
        [2, frames * hopSamples],
      ],
    )
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before + 1) // the gains of the overlap for this length
    model.dispose()
  })
})
