import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { watchGpu } from '../../kernels/testing/gpu-traffic.ts'
import { hasWebGpu, useWebGpu } from '../../kernels/testing/webgpu-backend.ts'
import { loadTiny } from '../../model/testing/fixtures.ts'
import { maxDifference } from '../../model/testing/network-suite.ts'
import type { Vocoder } from '../../model/vocoder.ts'
import { wavyMel } from '../testing/mels.ts'
import type { WaveformPiece } from '../vocoder-engine.ts'
import { deviceNetwork } from './device-network.ts'
import { synthesize, synthesizeWithoutNetwork } from './synthesis.ts'
import { windowNetwork } from './window-evaluator.ts'

const betas = [0.06, 0.9]
const corrections = { count: 2, momentum: 0.5 }
const whole = { chunkFrames: 1000 }
const chunked = { chunkFrames: 24 }

const requestOf = (frames: number) => ({ mel: wavyMel(frames), betas, seed: 3 })
const onDevice = (model: Vocoder, limits = whole) => deviceNetwork(model, undefined, limits, corrections)
const inNumbers = (model: Vocoder) => windowNetwork(model, undefined, corrections)

describe.skipIf(!(await hasWebGpu()))('on webgpu', () => {
  beforeAll(useWebGpu)

  test.each(['frames-short', 'energy-v'])(
    'a process that stays on the device gives the samples of one in plain numbers: %s',
    { timeout: 240_000 },
    async (name) => {
      const model = await loadTiny(name)
      const request = requestOf(60)
      const expected = await synthesize(inNumbers(model), request, whole)
      expect(Math.max(...expected)).toBeGreaterThan(0.01)
      const before = tf.memory().numTensors
      const found = await synthesize(onDevice(model), request, whole)
      expect(maxDifference(found, expected)).toBeLessThan(1e-4)

      const pieces: WaveformPiece[] = []
      const streamed = await synthesize(
        onDevice(model, chunked),
        { ...request, streamed: true },
        { ...chunked, onProgress: ({ piece }) => piece && pieces.push(piece) },
      )
      expect(pieces.length).toBeGreaterThan(1)
      expect(maxDifference(streamed, expected)).toBeLessThan(1e-4)
      expect(
        maxDifference(await synthesize(onDevice(model, chunked), request, chunked), expected),
      ).toBeLessThan(1e-4)
      // The first run keeps tables for the model's prior.
      const after = tf.memory().numTensors
      await synthesize(onDevice(model), request, whole)
      expect(tf.memory().numTensors).toBe(after)
      model.dispose()
      expect(tf.memory().numTensors).toBeLessThan(before)
    },
  )

  test('estimates and the control equal those in plain numbers', async () => {
    const model = await loadTiny('frames-short')
    const request = requestOf(20)
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

  test('a job reads back its pitch and its waveform, whatever the number of steps', async () => {
    const model = await loadTiny('frames-short')
    for (const betas of [[0.9], [0.02, 0.3, 0.5, 0.9]]) {
      const request = { ...requestOf(9), betas }
      const watch = watchGpu()
      await synthesize(onDevice(model), request, whole)
      expect(watch.stop().readbacks).toBe(2)
    }
    model.dispose()
  })

  test('a cancelled job leaves nothing on the device', async () => {
    const model = await loadTiny('frames-short')
    await synthesize(onDevice(model), requestOf(8), whole)
    const before = tf.memory().numTensors
    const controller = new AbortController()
    const running = synthesize(onDevice(model, chunked), requestOf(60), {
      ...chunked,
      signal: controller.signal,
      onProgress: ({ fraction }) => fraction > 0.4 && controller.abort(),
    })
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect(tf.memory().numTensors).toBe(before)
    model.dispose()
  })
})
