import { expect, test, vi } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { plainSignals } from '../../diffusion/signals.ts'
import type { MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import type { SynthesisProgress, SynthesisRequest } from '../vocoder-engine.ts'
import { synthesizeWithoutNetwork } from './control.ts'
import type { WindowPitch } from './read-pitch.ts'
import { stream, synthesize } from './synthesis.ts'
import type { WindowNetwork } from './window-network.ts'

const hopSamples = 4
const bands = 2
const betas = [0.02, 0.3, 0.8]
const limits = { chunkFrames: 32 }
const whole = { chunkFrames: 100_000 }

/**
 * A stub whose receptive field is exactly its halo, which pads with zeros as the network does, and whose output depends
 * on the mel, on y and on the level.
 */
function stub(changes: Partial<WindowNetwork> = {}): WindowNetwork {
  return {
    signals: plainSignals,
    bands,
    hopSamples,
    haloFrames: 3,
    prediction: 'v',
    waveform: async (process) => Float32Array.from(process, (value) => 0.1 * value),
    waveformHaloFrames: 0,
    async evaluate(mel, y, level) {
      return Float32Array.from(y, (_, t) => {
        let sum = 0
        for (let offset = -3 * hopSamples; offset <= 3 * hopSamples; offset++) sum += y[t + offset] ?? 0
        const frame = Math.floor(t / hopSamples)
        const context = (mel[(frame - 3) * bands] ?? 0) + (mel[(frame + 3) * bands + 1] ?? 0)
        return level * Math.tanh(sum / 5) + context / 10
      })
    },
    ...changes,
  }
}

function melOf(frames: number) {
  const values = Float32Array.from({ length: frames * bands }, (_, index) => Math.sin(index / 3))
  return { frames, bands, values }
}

const request = (frames: number, seed = 7) => ({ mel: melOf(frames), betas, seed })

test.each([1, 31, 32, 38, 39, 200, 601])(
  '%i frames in chunks equal a pass over the whole',
  async (frames) => {
    const expected = await synthesize(stub(), request(frames), whole)
    expect(await synthesize(stub(), request(frames), limits)).toEqual(expected)
    expect(expected).toHaveLength(frames * hopSamples)
  },
)

/** A prior that reads the mel and the process of one frame on each side, mirrored at the ends. */
const smoothing: Partial<WindowNetwork> = {
  waveformHaloFrames: 1,
  waveform: async (process, mel) =>
    Float32Array.from(process, (value, t) => {
      const at = (frame: number) => mel.values[Math.min(Math.max(frame, 0), mel.frames - 1) * bands]
      const frame = Math.floor(t / hopSamples)
      const [before, after] = [process[t - hopSamples] ?? value, process[t + hopSamples] ?? value]
      return 0.1 * (value + before + after) + 0.1 * (at(frame - 1) + at(frame + 1))
    }),
}

test.each([1, 31, 39, 200, 601])('%i frames come in pieces that make up the same result', async (frames) => {
  const expected = await synthesize(stub(smoothing), request(frames), limits)
  const seen: SynthesisProgress[] = []
  const onProgress = (progress: SynthesisProgress) => seen.push(progress)
  await stream(stub(smoothing), request(frames), { ...limits, onProgress })
  const pieces = seen.flatMap(({ piece }) => piece ?? [])
  const joined = new Float32Array(expected.length)
  let samples = 0
  for (const piece of pieces) {
    expect(piece.startSample).toBe(samples)
    joined.set(piece.samples, piece.startSample)
    samples += piece.samples.length
  }
  expect(samples).toBe(expected.length)
  expect(joined).toEqual(expected)
  const fractions = seen.map(({ fraction }) => fraction)
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
})

test('the first piece comes after as many windows as its steps need, however long the mel is', async () => {
  const evaluationsBefore = async (frames: number) => {
    const evaluate = vi.fn(stub().evaluate)
    let first: number | undefined
    await stream(stub({ ...smoothing, evaluate }), request(frames), {
      ...limits,
      onProgress({ piece }) {
        if (piece) first ??= evaluate.mock.calls.length
      },
    })
    return first
  }
  // Three steps of the first window need two of the second and one of the third.
  expect(await evaluationsBefore(300)).toBe(6)
  expect(await evaluationsBefore(900)).toBe(6)
})

/** Counts the samples of the signals that a network holds at once, besides views of others. */
function countingSignals() {
  const held = new Map<Float32Array, number>()
  let most = 0
  const hold = (signal: Float32Array) => {
    held.set(signal, signal.length)
    most = Math.max(
      most,
      [...held.values()].reduce((sum, length) => sum + length, 0),
    )
    return signal
  }
  const signals: typeof plainSignals = {
    ...plainSignals,
    cut: (...given) => hold(plainSignals.cut(...given).slice()),
    sum: (...given) => hold(plainSignals.sum(...given)),
    noise: (...given) => hold(plainSignals.noise(...given)),
    release(signal) {
      held.delete(signal)
    },
  }
  return { signals, mostSamples: () => most, heldSamples: () => held.size, hold }
}

test('a stream holds signals of a few windows, however long the mel is, and none when it ends', async () => {
  const mostFor = async (frames: number) => {
    const { signals, mostSamples, heldSamples, hold } = countingSignals()
    const mel = melOf(frames)
    const { pitch } = excited(mel).network
    const network = stub({
      ...smoothing,
      signals,
      evaluate: async (...given) => hold(await stub().evaluate(...given)),
      pitch: pitch && {
        ...pitch,
        pulses: (track) => {
          const between = pitch.pulses(track)
          return (first, end) => hold(between(first, end))
        },
      },
    })
    await stream(network, { mel, betas, seed: 7 }, limits)
    expect(heldSamples()).toBeLessThan(3 * betas.length)
    return mostSamples()
  }
  const [short, long] = [await mostFor(300), await mostFor(3000)]
  expect(long).toBeLessThan(1.1 * short)
  expect(long).toBeLessThan(2000 * hopSamples)
})

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

/** A network with pulses: 2 more than the first band of the mel, over three frames. */
const excited = (mel: MelSpectrogram) => {
  const pitch: WindowPitch<Float32Array> = {
    haloFrames: 0,
    track: async (values) => ({
      f0Hz: Float32Array.from({ length: values.length / bands }, (_, frame) => values[frame * bands]),
      voicing: new Float32Array(values.length / bands),
    }),
    pulses:
      ({ f0Hz }) =>
      (first, end) =>
        Float32Array.from({ length: end - first }, (_, t) => 2 + f0Hz[(first + t) % 3]),
    mixed: (noise, _, pulses) => noise.map((value, t) => value + pulses[t]),
  }
  const expected = (noise: Float32Array) =>
    Float32Array.from(
      noise,
      (value, t) => 0.1 * Math.fround(value + Math.fround(2 + mel.values[(t % 3) * bands])),
    )
  return { network: stub({ pitch }), expected }
}

test('the other inputs of a network go into the control', async () => {
  const mel = melOf(3)
  const { network, expected } = excited(mel)
  const result = await synthesizeWithoutNetwork(network, { mel, seed: 7 }, limits)
  expect(result).toEqual(expected(gaussianNoise(7, 1, 0, 3 * hopSamples)))
})

test('the first estimate is the input of the network, including pulses', async () => {
  const { network, expected } = excited(melOf(3))
  const seen: Float32Array[] = []
  await synthesize(network, request(3), { ...limits, onEstimate: (waveform) => seen.push(waveform) })
  expect(seen[0]).toEqual(expected(gaussianNoise(7, 3, 0, 3 * hopSamples)))
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
