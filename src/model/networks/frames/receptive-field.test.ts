import { beforeAll, expect, test } from 'vitest'
import { useWasm } from '../../../kernels/testing/backends.ts'
import { readTinyConfig } from '../../testing/fixtures.ts'
import { measuredReach } from '../../testing/measured-reach.ts'
import { haloFrames, pitchHaloFrames } from './receptive-field.ts'

beforeAll(() => useWasm())

async function configOf(name: string) {
  const config = await readTinyConfig(name)
  if (config.architecture !== 'frames') throw new Error('Another architecture')
  return config
}

test.each(['frames', 'frames-short'])(
  'the halo of a %s network is exactly the reach of its gradients',
  { timeout: 30_000 },
  async (name) => {
    expect(await measuredReach(name)).toBe(haloFrames(await configOf(name)))
  },
)

test('an FFT of four hops reaches two frames each way, and two more in the inverse', async () => {
  // Two blocks of seven taps: 2 * 3.
  expect(haloFrames(await configOf('frames'))).toBe(6 + 2 + 2)
  expect(pitchHaloFrames(await configOf('frames'))).toBe(3)
  // An FFT of 512 with a hop of 64, whose window of 400 is slightly off-centre.
  const once = 1 + 3 + 3
  // Two refinements, each with a block of three taps, and an STFT and inverse for the prior and for itself.
  expect(haloFrames(await configOf('frames-short'))).toBe(once + 2 * (1 + 2 * (3 + 3)))
})
