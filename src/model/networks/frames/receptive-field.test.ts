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
  'the halo of a %s network is exactly what gradients reach',
  { timeout: 30_000 },
  async (name) => {
    expect(await measuredReach(name)).toBe(haloFrames(await configOf(name)))
  },
)

test('an FFT of four hops reaches two frames each way, and two more when it is put back', async () => {
  // Two blocks of seven taps: 2 * 3.
  expect(haloFrames(await configOf('frames'))).toBe(6 + 2 + 2)
  expect(pitchHaloFrames(await configOf('frames'))).toBe(3)
  // An FFT of 512 over a hop of 64, its window of 400 a little off the middle.
  const once = 1 + 3 + 3
  // Two refinements, each with a block of three taps, and there and back through the prior and through itself.
  expect(haloFrames(await configOf('frames-short'))).toBe(once + 2 * (1 + 2 * (3 + 3)))
})
