import { expect, test } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { noise } from '../noise.ts'
import { hasWebGpu, useWebGpu } from '../testing/webgpu-backend.ts'

test.skipIf(!(await hasWebGpu()))('the device draws the same noise, from any sample on', async () => {
  await useWebGpu()
  const parts: Parameters<typeof gaussianNoise>[] = [
    [1, 2, 0, 100_000],
    [0xffff_ffff, 7, 3, 1001],
    [0x9e37_79b9, 0xffff_ffff, 12_345_678, 4099],
    [0, 0, 5, 1],
  ]
  for (const part of parts) {
    const drawn = noise(...part)
    expect(drawn.shape).toEqual([1, part[3]])
    const values = await drawn.data()
    drawn.dispose()
    const expected = gaussianNoise(...part)
    const furthest = expected.reduce((most, value, t) => Math.max(most, Math.abs(value - values[t])), 0)
    expect(furthest).toBeLessThan(1e-6)
  }
})
