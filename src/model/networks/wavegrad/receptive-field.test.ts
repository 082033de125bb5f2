import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { useWasm } from '../../../kernels/testing/backends.ts'
import { loadTiny, readTinyConfig } from '../../testing/fixtures.ts'
import { haloFrames } from './receptive-field.ts'

beforeAll(() => useWasm())

const names = ['energy-v', 'paper', 'hop-300', 'four-levels', 'patches']

/** How far, in whole frames, the output of the middle frame depends on the inputs: found by gradients. */
async function measuredReach(name: string): Promise<number> {
  const model = await loadTiny(name)
  const { hopSamples, bands } = model.config.mel
  const middle = model.haloFrames + 2
  const frames = 2 * middle + 1
  const mel = tf.randomNormal<tf.Rank.R3>([1, frames, bands], 0, 1, 'float32', 1)
  const y = tf.randomNormal<tf.Rank.R3>([1, frames * hopSamples, 1], 0, 1, 'float32', 2)
  const [byMel, byY] = tf.tidy(() =>
    tf.grads((melInput, yInput) => {
      const conditioned = model.condition(melInput.as3D(1, frames, bands))
      return conditioned
        .predict(yInput.as2D(1, frames * hopSamples), [0.5])
        .slice([0, middle * hopSamples], [1, hopSamples])
        .square()
        .sum()
    })([mel, y]),
  )
  const perFrame = [byMel.abs().sum(2), byY.abs().reshape([1, frames, hopSamples]).sum(2)]
  const seen = (await Promise.all(perFrame.map((tensor) => tensor.data()))).map((values) => [...values])
  tf.dispose([mel, y, byMel, byY, perFrame])
  model.dispose()
  const touched = Array.from({ length: frames }, (_, k) => k).filter((k) =>
    seen.some((values) => values[k] !== 0),
  )
  return Math.max(middle - touched[0], touched[touched.length - 1] - middle)
}

test.each(names)(
  'the halo of a %s network is exactly what gradients reach',
  { timeout: 30_000 },
  async (name) => {
    const config = await readTinyConfig(name)
    if (config.architecture !== 'wavegrad') throw new Error('Another architecture')
    expect(await measuredReach(name)).toBe(haloFrames(config.network))
  },
)

test('one level without pooling needs what its convolutions span', () => {
  const shape = {
    firstChannels: 4,
    patchSamples: 1,
    upFactors: [64],
    upChannels: [4],
    upDilations: [[1, 2, 4, 8]] as const,
    downChannels: [4],
    downFactors: [],
    downsampling: 'average' as const,
    leakyReluSlope: 0.2,
    noiseLevelScale: 5000,
  }
  // Waveform: last 1, convolutions 8 + 4 + 2, FiLM 1 + 1, first 2: 19 samples, one frame. Mel: 16 samples and first_conv: two.
  expect(haloFrames(shape)).toBe(2)
})
