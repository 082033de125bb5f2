import { beforeEach, describe, expect, test } from 'vitest'
import { watchGpu } from '../../kernels/testing/gpu-traffic.ts'
import { hasWebGpu, useWebGpu } from '../../kernels/testing/webgpu-backend.ts'
import { loadTiny } from '../../model/testing/fixtures.ts'
import { compileJob } from './compile-job.ts'
import { synthesizeWithoutNetwork } from './control.ts'
import { deviceNetwork } from './device-network.ts'
import { synthesize } from './synthesis.ts'

describe.skipIf(!(await hasWebGpu()))('on webgpu', () => {
  // Each backend has pipelines of its own.
  beforeEach(useWebGpu)

  test.each(['frames-short', 'frames', 'energy-v', 'hop-300'])(
    'jobs of several lengths compile nothing more once those of a model are compiled: %s',
    { timeout: 240_000 },
    async (name) => {
      const model = await loadTiny(name)
      const { bands } = model.config.mel
      await compileJob(model)
      const watch = watchGpu()
      // Neither they nor their windows are as long as a number of bands or channels.
      for (const [frames, chunkFrames] of [
        [28, 100],
        [23, 100],
        [90, 15],
      ]) {
        const values = Float32Array.from({ length: frames * bands }, (_, index) => Math.sin(index / 50) - 2)
        const request = { mel: { frames, bands, values }, betas: [0.06, 0.9], seed: 3 }
        await synthesize(deviceNetwork(model, undefined, { chunkFrames }), request, { chunkFrames })
        await synthesizeWithoutNetwork(deviceNetwork(model, undefined, { chunkFrames }), request, {
          chunkFrames,
        })
      }
      expect(watch.stop().compilations).toBe(0)
      model.dispose()
    },
  )
})
