import { expect, test, vi } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { betas, excited, hopSamples, limits, melOf, request, stub, whole } from '../testing/window-network.ts'
import type { SynthesisRequest } from '../vocoder-engine.ts'
import { stream, synthesize } from './synthesis.ts'
import type { WindowNetwork } from './windows/window-network.ts'

test.each([1, 31, 32, 38, 39, 200, 601])(
  '%i frames in chunks equal a pass over the whole',
  async (frames) => {
    const expected = await synthesize(stub(), request(frames), whole)
    expect(await synthesize(stub(), request(frames), limits)).toEqual(expected)
    expect(expected).toHaveLength(frames * hopSamples)
  },
)

test('a halo that is too short changes the result, so the test above can fail', async () => {
  const short = await synthesize(stub({ haloFrames: 1 }), request(200), limits)
  expect(short).not.toEqual(await synthesize(stub(), request(200), whole))
})

test('the same seed gives the same samples, and another seed others', async () => {
  const first = await synthesize(stub(), request(50), limits)
  expect(await synthesize(stub(), request(50), limits)).toEqual(first)
  expect(await synthesize(stub(), request(50, 8), limits)).not.toEqual(first)
})

test('each step adds noise of its own', async () => {
  // A network that hears no noise leaves y_1 = y_2 / sqrt(alpha_2) + sigma_2 z and y_0 = y_1 / sqrt(alpha_1).
  const deaf = stub({
    prediction: 'noise',
    evaluate: async (_, y) => new Float32Array(y.length),
    waveform: async (process) => Float32Array.from(process),
  })
  const result = await synthesize(deaf, { mel: melOf(20), betas: [0.1, 0.6], seed: 7 }, whole)
  const [start, fresh] = [gaussianNoise(7, 2, 0, 80), gaussianNoise(7, 1, 0, 80)]
  const sigma = Math.sqrt((0.1 / (1 - 0.9 * 0.4)) * 0.6)
  for (const [t, value] of result.entries())
    expect(value).toBeCloseTo((start[t] / Math.sqrt(0.4) + sigma * fresh[t]) / Math.sqrt(0.9), 4)
})

test('the first estimate is the input of the network, including pulses', async () => {
  const { network, expected } = excited(melOf(3))
  const seen: Float32Array[] = []
  await synthesize(network, request(3), { ...limits, onEstimate: (waveform) => seen.push(waveform) })
  expect(seen[0]).toEqual(expected(gaussianNoise(7, 3, 0, 3 * hopSamples)))
})

test('progress counts steps and, within them, chunks', async () => {
  const onProgress = vi.fn()
  await synthesize(stub(), request(90), { ...limits, onProgress })
  expect(onProgress.mock.calls.map(([progress]) => progress.step)).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3])
  expect(onProgress).toHaveBeenLastCalledWith({ step: 3, steps: 3, fraction: 1 })
})

test('a cancellation takes effect before the next window', async () => {
  const controller = new AbortController()
  const evaluate = vi.fn(stub().evaluate)
  const running = synthesize(stub({ evaluate }), request(90), {
    ...limits,
    signal: controller.signal,
    onProgress: ({ fraction }) => fraction > 0.5 && controller.abort('enough'),
  })
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  expect(evaluate).toHaveBeenCalledTimes(5)
})

test('a run can be cancelled between the passes of the prior too', async () => {
  const controller = new AbortController()
  let passes = 0
  const slow = stub({
    async waveform(process, _, { betweenPasses }) {
      for (; passes < 10; passes++) {
        if (passes === 3) controller.abort('enough')
        await betweenPasses()
      }
      return Float32Array.from(process)
    },
  })
  const running = synthesize(slow, request(40), { ...limits, signal: controller.signal })
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  expect(passes).toBe(3)
})

test('invalid samples are never a result', async () => {
  const outputs: [WindowNetwork['evaluate'], string][] = [
    [async (_, y) => y.map((value, t) => (t === 5 ? Number.NaN : value)), 'NaN'],
    [async (_, y) => y.slice(1), 'samples instead of'],
  ]
  for (const [evaluate, found] of outputs) {
    await expect(synthesize(stub({ evaluate }), request(40), limits)).rejects.toMatchObject({
      problem: { code: 'output-invalid', found: expect.stringContaining(found) },
    })
  }
  const silent = stub({ waveform: async (process) => new Float32Array(process.length) })
  for (const make of [synthesize, stream])
    await expect(make(silent, request(40), limits)).rejects.toMatchObject({
      problem: { code: 'output-invalid', found: expect.stringContaining('silence') },
    })
})

test('invalid requests are refused with the value found', async () => {
  const mel = melOf(4)
  const broken = { ...mel, values: mel.values.map((value, index) => (index === 5 ? Number.NaN : value)) }
  const refused: [Pick<SynthesisRequest, 'mel' | 'betas' | 'seed'>, string][] = [
    [{ mel: { ...mel, bands: 3 }, betas, seed: 1 }, 'mel-mismatch'],
    [{ mel: melOf(0), betas, seed: 1 }, 'mel-mismatch'],
    [{ mel: { ...mel, frames: 5 }, betas, seed: 1 }, 'mel-mismatch'],
    [{ mel: broken, betas, seed: 1 }, 'mel-not-finite'],
    [{ mel, betas: [0.1, 1], seed: 1 }, 'schedule-invalid'],
    [{ mel, betas, seed: -1 }, 'seed-invalid'],
    [{ mel, betas, seed: 2 ** 32 }, 'seed-invalid'],
  ]
  for (const [wrong, code] of refused)
    await expect(synthesize(stub(), wrong, limits)).rejects.toMatchObject({ problem: { code } })
})

test('estimates are y_N and the network’s predictions as waveforms, with progress up to 1 and the same result', async () => {
  const seen: Float32Array[] = []
  const onProgress = vi.fn()
  const options = { ...limits, onProgress, onEstimate: (waveform: Float32Array) => seen.push(waveform) }
  const result = await synthesize(stub(), request(90), options)
  expect(result).toEqual(await synthesize(stub(), request(90), limits))
  const noise = gaussianNoise(7, 3, 0, 90 * hopSamples)
  expect(seen[0]).toEqual(Float32Array.from(noise, (value) => 0.1 * value))
  expect(seen).toHaveLength(3)
  // With v-prediction the estimate is a y - b v; for the first step both are known.
  const level = Math.sqrt(0.98 * 0.7 * 0.2)
  const v = await stub().evaluate(melOf(90).values, noise, level)
  for (const [t, value] of seen[1].entries())
    expect(value).toBeCloseTo(0.1 * (level * noise[t] - Math.sqrt(1 - level ** 2) * v[t]), 5)
  const fractions = onProgress.mock.calls.map(([progress]) => progress.fraction)
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(onProgress).toHaveBeenLastCalledWith({ step: 3, steps: 3, fraction: 1 })
})

test('a run can be cancelled between estimates, and too many steps for estimates are refused', async () => {
  const controller = new AbortController()
  const evaluate = vi.fn(stub().evaluate)
  const running = synthesize(stub({ evaluate }), request(20), {
    ...limits,
    signal: controller.signal,
    onEstimate: () => controller.abort('enough'),
  })
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  expect(evaluate).not.toHaveBeenCalled()
  const many = { ...request(4), betas: Array.from({ length: 13 }, (_, n) => 0.01 * (n + 1)) }
  await expect(synthesize(stub(), many, { ...limits, onEstimate() {} })).rejects.toMatchObject({
    problem: { code: 'estimates-too-many', remedy: expect.any(String) },
  })
  expect(await synthesize(stub(), many, limits)).toHaveLength(4 * hopSamples)
})
