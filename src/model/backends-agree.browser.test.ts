import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { gaussianNoise } from '../base/random.ts'
import { noiseFrom } from '../diffusion/prediction.ts'
import { sample } from '../diffusion/sampler.ts'
import { noiseSchedule } from '../diffusion/schedule.ts'
import { plainSignals } from '../diffusion/signals.ts'
import { useWasm } from '../kernels/testing/backends.ts'
import { hasWebGpu, useWebGpu } from '../kernels/testing/webgpu-backend.ts'
import { loadShipped, readFixture, valuesOf } from './testing/fixtures.ts'
import { maxDifference } from './testing/network-suite.ts'
import { waveformInNumbers } from './testing/waveform-in-numbers.ts'

const frames = 43 // half a second

/** Synthesizes with the shipped InferGrad in two steps on the current backend. */
async function vocode(): Promise<Float32Array> {
  const model = await loadShipped('infergrad-small')
  const { bands, hopSamples } = model.config.mel
  const short = valuesOf(await readFixture('infergrad-small'), 'mel') // [bands, 12]
  const values = Float32Array.from({ length: frames * bands }, (_, i) => {
    const [frame, band] = [Math.floor(i / bands), i % bands]
    return short[band * 12 + (frame % 12)]
  })
  const samples = frames * hopSamples
  const mel = tf.tensor3d(values, [1, frames, bands])
  const conditioned = model.condition(mel)
  const y = await sample({
    signals: plainSignals,
    schedule: noiseSchedule(model.config.schedules['2'].betas),
    samples,
    initialNoise: (first, length) => gaussianNoise(1, 2, first, length),
    freshNoise: (n) => gaussianNoise(1, n - 1, 0, samples),
    async predictNoise(noisy, level) {
      const output = tf.tidy(() => conditioned.predict(tf.tensor2d(noisy, [1, samples]), [level]))
      const v = await output.data<'float32'>()
      output.dispose()
      return noiseFrom(plainSignals, model.config.prediction, v, noisy, level)
    },
  })
  conditioned.dispose()
  mel.dispose()
  model.dispose()
  return waveformInNumbers(model, y, { frames, bands, values })
}

test.skipIf(!(await hasWebGpu()))(
  'half a second sounds the same on webgpu and on wasm',
  { timeout: 240_000 },
  async () => {
    await useWasm('/node_modules/@tensorflow/tfjs-backend-wasm/dist/')
    const fromWasm = await vocode()
    await useWebGpu()
    const fromWebGpu = await vocode()
    expect(Math.max(...fromWasm)).toBeGreaterThan(0.01)
    expect(maxDifference(fromWasm, fromWebGpu)).toBeLessThan(1e-3)
  },
)
