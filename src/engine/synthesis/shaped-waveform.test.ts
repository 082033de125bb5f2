import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { useWasm } from '../../kernels/testing/backends.ts'
import { loadTiny } from '../../model/testing/fixtures.ts'
import { maxDifference } from '../../model/testing/network-suite.ts'
import { waveformInNumbers } from '../../model/testing/waveform-in-numbers.ts'
import type { Vocoder } from '../../model/vocoder.ts'
import { shapedWaveform } from './shaped-waveform.ts'

beforeAll(() => useWasm())

function inputOf({ config: { mel } }: Vocoder, frames: number) {
  const values = Float32Array.from({ length: frames * mel.bands }, (_, index) => Math.sin(index / 50) - 4)
  return {
    mel: { frames, bands: mel.bands, values },
    process: gaussianNoise(1, 1, 0, frames * mel.hopSamples),
  }
}

const shapedInWindows = (
  model: Vocoder,
  { mel, process }: ReturnType<typeof inputOf>,
  options: Omit<Parameters<typeof shapedWaveform>[3], 'chunkFrames'>,
) =>
  shapedWaveform(
    model,
    mel,
    ({ ofWindow }) => tf.tensor2d(ofWindow(process), [1, ofWindow(process).length]),
    {
      chunkFrames: 20,
      ...options,
    },
  )

test.each([
  ['frames-short', 0, 'all'],
  ['frames-short', 5, 'all'],
  ['frames-short', 5, 'voiced'],
  ['energy-v', 0, 'all'],
] as const)(
  'the waveform of %s in windows equals that of the whole in float64, with %i corrections of the scope %s',
  async (name, count, scope) => {
    const model = await loadTiny(name)
    const input = inputOf(model, 200)
    const corrections = { count, momentum: 0.6, scope }
    const voicing = Float32Array.from({ length: 200 }, (_, frame) => (1 + Math.sin(frame / 9)) / 2)
    const before = tf.memory().numTensors
    let windows = 0
    const found = await shapedInWindows(model, input, {
      corrections,
      voicing,
      betweenPasses: async () => void windows++,
    })
    const expected = await waveformInNumbers(model, input.process, input.mel, corrections, voicing)
    const loudest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(loudest).toBeGreaterThan(0.01)
    expect(maxDifference(found, expected)).toBeLessThan(1e-6 * (1 + count) * loudest)
    expect(windows).toBeGreaterThan(1)
    model.dispose()
    expect(tf.memory().numTensors).toBeLessThan(before)
  },
)

test('a job that is cancelled between windows rejects', async () => {
  const model = await loadTiny('frames-short')
  const cancelled = new Error('cancelled')
  const betweenPasses = () => Promise.reject(cancelled)
  await expect(shapedInWindows(model, inputOf(model, 8), { betweenPasses })).rejects.toBe(cancelled)
  model.dispose()
})
