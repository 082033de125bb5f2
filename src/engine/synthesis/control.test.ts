import { expect, test, vi } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { excited, hopSamples, limits, melOf, stub } from '../testing/window-network.ts'
import { synthesizeWithoutNetwork } from './control.ts'

test('without the network the result is the prior applied to the initial noise of a one-step process', async () => {
  const evaluate = vi.fn(stub().evaluate)
  const onProgress = vi.fn()
  const request = { mel: melOf(90), seed: 7 }
  const result = await synthesizeWithoutNetwork(stub({ evaluate }), request, { ...limits, onProgress })
  const noise = gaussianNoise(7, 1, 0, 90 * hopSamples)
  expect(result).toEqual(Float32Array.from(noise, (value) => 0.1 * value))
  expect(evaluate).not.toHaveBeenCalled()
  expect(onProgress.mock.calls).toEqual([[{ step: 0, steps: 0, fraction: 1 }]])
})

test('the other inputs of a network go into the control', async () => {
  const mel = melOf(3)
  const { network, expected } = excited(mel)
  const result = await synthesizeWithoutNetwork(network, { mel, seed: 7 }, limits)
  expect(result).toEqual(expected(gaussianNoise(7, 1, 0, 3 * hopSamples)))
})

test('the control is checked and cancelled like a synthesis', async () => {
  const silent = stub({ waveform: async (process) => new Float32Array(process.length) })
  const request = { mel: melOf(4), seed: 7 }
  await expect(synthesizeWithoutNetwork(silent, request, limits)).rejects.toMatchObject({
    problem: { code: 'output-invalid' },
  })
  await expect(synthesizeWithoutNetwork(stub(), { ...request, seed: -1 }, limits)).rejects.toMatchObject({
    problem: { code: 'seed-invalid' },
  })
  const signal = AbortSignal.abort()
  await expect(synthesizeWithoutNetwork(stub(), request, { ...limits, signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
})
