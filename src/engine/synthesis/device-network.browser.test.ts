import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MelCorrections } from '../../base/mel-corrections.ts'
import { watchGpu } from '../../kernels/testing/gpu-traffic.ts'
import { hasWebGpu, useWebGpu } from '../../kernels/testing/webgpu-backend.ts'
import { loadTiny } from '../../model/testing/fixtures.ts'
import { maxDifference } from '../../model/testing/network-suite.ts'
import { waveformInNumbers } from '../../model/testing/waveform-in-numbers.ts'
import type { Vocoder } from '../../model/vocoder.ts'
import type { WaveformPiece } from '../vocoder-engine.ts'
import { synthesizeWithoutNetwork } from './control.ts'
import { deviceNetwork } from './device-network.ts'
import { stream, synthesize } from './synthesis.ts'
import { windowNetwork } from './windows/window-evaluator.ts'
import type { WindowNetwork } from './windows/window-network.ts'

const betas = [0.06, 0.9]
const corrections = { count: 2, momentum: 0.5, scope: 'all' } as const
const ofVoice = { count: 3, momentum: 0.5, scope: 'voiced' } as const
const whole = { chunkFrames: 1000 }
const chunked = { chunkFrames: 24 }

const requestOf = ({ config }: Vocoder, frames: number) => {
  const { bands } = config.mel
  const values = Float32Array.from({ length: frames * bands }, (_, index) => Math.sin(index / 50) - 2)
  return { mel: { frames, bands, values }, betas, seed: 3 }
}
const onDevice = (model: Vocoder, limits = whole, asked: MelCorrections = corrections) =>
  deviceNetwork(model, undefined, limits, asked)
const inNumbers = (model: Vocoder, asked: MelCorrections = corrections): WindowNetwork => ({
  ...windowNetwork(model, undefined, { corrections: asked }),
  waveform: (process, mel, { voicing }) => waveformInNumbers(model, process, mel, asked, voicing),
})

describe.skipIf(!(await hasWebGpu()))('on webgpu', () => {
  beforeAll(useWebGpu)

  test.each([
    ['frames-short', 110, corrections],
    ['frames-short', 110, ofVoice],
    ['energy-v', 60, corrections],
  ] as const)(
    'a process that stays on the device gives the samples of one in plain numbers: %s, %i frames, %o',
    { timeout: 240_000 },
    async (name, frames, asked) => {
      const model = await loadTiny(name)
      const request = requestOf(model, frames)
      const expected = await synthesize(inNumbers(model, asked), request, whole)
      expect(Math.max(...expected)).toBeGreaterThan(0.01)
      const before = tf.memory().numTensors
      const found = await synthesize(onDevice(model, whole, asked), request, whole)
      expect(maxDifference(found, expected)).toBeLessThan(1e-4)

      const pieces: WaveformPiece[] = []
      await stream(onDevice(model, chunked, asked), request, {
        ...chunked,
        onProgress: ({ piece }) => piece && pieces.push(piece),
      })
      expect(pieces.length).toBeGreaterThan(1)
      const streamed = new Float32Array(expected.length)
      for (const { startSample, samples } of pieces) streamed.set(samples, startSample)
      expect(maxDifference(streamed, expected)).toBeLessThan(1e-4)
      expect(
        maxDifference(await synthesize(onDevice(model, chunked, asked), request, chunked), expected),
      ).toBeLessThan(1e-4)
      // The first run keeps tables for the model's prior.
      const after = tf.memory().numTensors
      await synthesize(onDevice(model, whole, asked), request, whole)
      expect(tf.memory().numTensors).toBe(after)
      model.dispose()
      expect(tf.memory().numTensors).toBeLessThan(before)
    },
  )

  test('estimates and the control equal those in plain numbers', async () => {
    const model = await loadTiny('frames-short')
    const request = requestOf(model, 20)
    const estimates = async (network: Parameters<typeof synthesize>[0]) => {
      const seen: Float32Array[] = []
      await synthesize(network, request, { ...whole, onEstimate: (waveform) => seen.push(waveform) })
      return seen
    }
    const [found, expected] = [await estimates(onDevice(model)), await estimates(inNumbers(model))]
    expect(found).toHaveLength(betas.length)
    for (const [index, waveform] of expected.entries())
      expect(maxDifference(found[index], waveform)).toBeLessThan(1e-4)
    const control = await synthesizeWithoutNetwork(inNumbers(model), request, whole)
    for (const limits of [whole, chunked])
      expect(
        maxDifference(await synthesizeWithoutNetwork(onDevice(model, limits), request, limits), control),
      ).toBeLessThan(1e-4)
    model.dispose()
  })

  test('more steps read back and upload no more, and are submitted with few others', async () => {
    const model = await loadTiny('frames-short')
    const traffic = async (betas: readonly number[]) => {
      const watch = watchGpu()
      await synthesize(onDevice(model), { ...requestOf(model, 20), betas }, whole)
      return watch.stop()
    }
    await traffic([0.9]) // keeps tables for this length
    const [one, four] = [await traffic([0.9]), await traffic([0.02, 0.3, 0.5, 0.9])]
    expect(one.readbacks).toBe(2)
    expect(four.readbacks).toBe(2)
    const bytesOfNoise = 4 * 20 * model.config.mel.hopSamples
    expect(four.uploadedBytes - one.uploadedBytes).toBeLessThan(bytesOfNoise)
    expect(four.dispatches).toBeGreaterThan(2 * one.dispatches)
    expect(four.submissions - one.submissions).toBeLessThanOrEqual(6)
    model.dispose()
  })

  test('a cancelled job leaves nothing on the device', async () => {
    const model = await loadTiny('frames-short')
    await synthesize(onDevice(model), requestOf(model, 8), whole)
    const before = tf.memory().numTensors
    const controller = new AbortController()
    const running = synthesize(onDevice(model, chunked), requestOf(model, 60), {
      ...chunked,
      signal: controller.signal,
      onProgress: ({ fraction }) => fraction > 0.4 && controller.abort(),
    })
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect(tf.memory().numTensors).toBe(before)
    model.dispose()
  })
})
