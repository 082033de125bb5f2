import { expect, test, vi } from 'vitest'
import { plainSignals } from '../../diffusion/signals.ts'
import { bands, betas, excited, hopSamples, limits, melOf, request, stub } from '../testing/window-network.ts'
import type { SynthesisProgress } from '../vocoder-engine.ts'
import { stream, synthesize } from './synthesis.ts'
import type { WindowNetwork } from './windows/window-network.ts'

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
