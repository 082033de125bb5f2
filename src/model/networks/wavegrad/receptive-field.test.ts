import { beforeAll, expect, test } from 'vitest'
import { useWasm } from '../../../kernels/testing/backends.ts'
import { readTinyConfig } from '../../testing/fixtures.ts'
import { measuredReach } from '../../testing/measured-reach.ts'
import { haloFrames } from './receptive-field.ts'

beforeAll(() => useWasm())

const names = ['energy-v', 'paper', 'hop-300', 'four-levels', 'patches']

test.each(names)(
  'the halo of a %s network is exactly the reach of its gradients',
  { timeout: 30_000 },
  async (name) => {
    const config = await readTinyConfig(name)
    if (config.architecture !== 'wavegrad') throw new Error('Another architecture')
    expect(await measuredReach(name)).toBe(haloFrames(config.network))
  },
)

test('one level without pooling needs the span of its convolutions', () => {
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
  // Waveform: last 1, convolutions 8 + 4 + 2, FiLM 1 + 1, first 2: 19 samples, one frame. Mel: 16 samples and
  // first_conv: two.
  expect(haloFrames(shape)).toBe(2)
})
