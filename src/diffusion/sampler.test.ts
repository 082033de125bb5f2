import { expect, test } from 'vitest'
import reverse from './fixtures/reverse.fixture.json'
import { noiseFrom, type Prediction, vOf } from './prediction.ts'
import { sample, sampleInParts, stepScales } from './sampler.ts'
import { noiseSchedule } from './schedule.ts'
import { plainSignals } from './signals.ts'

function predictionOf(name: string): Prediction {
  return name === 'v' || name === 'endpoint' ? name : 'noise'
}

/** The input of a process that begins with `start`. */
const from = (start: Float32Array) => ({
  samples: start.length,
  initialNoise: (first: number, length: number) => start.slice(first, first + length),
})

/** The fixture's stand-in for a network. */
function stub(y: Float32Array, level: number): Float32Array {
  return y.map((value, t) => 0.5 * Math.tanh(value) + 0.1 * level + 0.01 * t)
}

test.each(reverse.cases.map((each) => ({ ...each, steps: each.betas.length })))(
  'the reverse process in $steps steps with $prediction-prediction equals PyTorch’s',
  async ({ betas, prediction, tensors }) => {
    const schedule = noiseSchedule(betas)
    for (const [index, level] of tensors.levels.values.entries())
      expect(schedule.levels[index]).toBeCloseTo(level, 6)
    const start = Float32Array.from(tensors.y_N.values)
    const samples = start.length
    const result = await sample({
      signals: plainSignals,
      schedule,
      ...from(start),
      predictNoise: async (y, level) =>
        noiseFrom(plainSignals, predictionOf(prediction), stub(y, level), y, level),
      freshNoise: (n) => {
        const row = betas.length - n
        return Float32Array.from(tensors.noise.values.slice(row * samples, (row + 1) * samples))
      },
    })
    for (const [t, value] of tensors.y_0.values.entries()) expect(result[t]).toBeCloseTo(value, 4)
  },
)

test('with the true noise the last step restores the signal', async () => {
  const schedule = noiseSchedule([0.3])
  const [x, noise] = [Float32Array.of(0.2, -0.4), Float32Array.of(1.5, -0.3)]
  const start = x.map((value, t) => schedule.levels[0] * value + Math.sqrt(0.3) * noise[t])
  const result = await sample({
    signals: plainSignals,
    schedule,
    ...from(start),
    predictNoise: async () => noise,
    freshNoise: () => noise,
  })
  expect(result[0]).toBeCloseTo(0.2, 6)
  expect(result[1]).toBeCloseTo(-0.4, 6)
})

test('a step keeps the variance of a signal that is pure noise', () => {
  // y_n has variance 1 and eps = sqrt(1 - alpha-bar) y_n, the best estimate if x is standard normal too.
  const schedule = noiseSchedule([0.01, 0.2, 0.5])
  for (const n of [2, 3]) {
    const { yScale, epsilonScale, zScale } = stepScales(schedule, n)
    const gain = yScale + epsilonScale * Math.sqrt(1 - schedule.alphaBars[n - 1])
    const previous = schedule.alphaBars[n - 2]
    const posterior = ((1 - previous) / (1 - schedule.alphaBars[n - 1])) * schedule.betas[n - 1]
    expect(gain).toBeCloseTo(Math.sqrt(schedule.alphas[n - 1]), 12)
    expect(zScale ** 2).toBeCloseTo(posterior, 12)
  }
  expect(stepScales(schedule, 1).zScale).toBe(0)
})

test('noise is recovered from v and from the endpoint', () => {
  const [x, eps, level] = [0.3, -1.2, 0.8]
  const y = level * x + 0.6 * eps
  const [noise] = noiseFrom(plainSignals, 'v', Float32Array.of(vOf(x, eps, level)), Float32Array.of(y), level)
  expect(noise).toBeCloseTo(eps, 6)
  const [again] = noiseFrom(plainSignals, 'endpoint', Float32Array.of(x), Float32Array.of(y), level)
  expect(again).toBeCloseTo(eps, 6)
})

test('reports each step, and stops within one step when cancelled', async () => {
  const controller = new AbortController()
  const done: number[] = []
  const running = sample({
    signals: plainSignals,
    schedule: noiseSchedule([0.1, 0.2, 0.3, 0.4]),
    ...from(new Float32Array(4)),
    predictNoise: async (y) => y,
    freshNoise: () => new Float32Array(4),
    signal: controller.signal,
    onStep: (steps) => {
      done.push(steps)
      if (steps === 2) controller.abort()
    },
  })
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  expect(done).toEqual([1, 2])
})

test('does not change its start, and is deterministic', async () => {
  const start = Float32Array.of(1, -2, 3)
  const run = () =>
    sample({
      signals: plainSignals,
      schedule: noiseSchedule([0.1, 0.6]),
      ...from(start),
      predictNoise: async (y, level) => stub(y, level),
      freshNoise: () => Float32Array.of(0.5, 0.5, -0.5),
    })
  const first = await run()
  expect(await run()).toEqual(first)
  expect([...start]).toEqual([1, -2, 3])
})

test('a network that knows the signal estimates it at every step, and the process ends there', async () => {
  const schedule = noiseSchedule([0.001, 0.2, 0.5, 0.8])
  const signal = Float32Array.of(0.4, -0.7, 0.05, 0)
  const seen: number[] = []
  const waited: number[] = []
  const result = await sample({
    signals: plainSignals,
    schedule,
    ...from(Float32Array.of(1.1, -0.3, 0.2, 2)),
    predictNoise: async (y, level) =>
      y.map((value, t) => (value - level * signal[t]) / Math.sqrt(1 - level ** 2)),
    freshNoise: (n) => Float32Array.of(n, -n, 0.5, -0.1),
    onEstimate: async (estimate, n) => {
      seen.push(n)
      for (const [t, value] of estimate.entries()) expect(value).toBeCloseTo(signal[t], 5)
      estimate.fill(9)
      await new Promise((resolve) => setTimeout(resolve))
      waited.push(n)
    },
    onStep: (done) => expect(waited).toHaveLength(Math.min(done, 3)),
  })
  expect(seen).toEqual([4, 3, 2])
  for (const [t, value] of result.entries()) expect(value).toBeCloseTo(signal[t], 5)
})

test('asking for estimates does not change the result', async () => {
  const run = (onEstimate?: () => Promise<void>) =>
    sample({
      signals: plainSignals,
      schedule: noiseSchedule([0.1, 0.3, 0.6]),
      ...from(Float32Array.of(1, -2, 3)),
      predictNoise: async (y, level) => stub(y, level),
      freshNoise: () => Float32Array.of(0.5, 0.5, -0.5),
      onEstimate,
    })
  expect(await run(async () => {})).toEqual(await run())
})

test('part by part, in either order, the process gives the same as on the whole', async () => {
  const length = 10
  const evaluated: number[] = []
  const input = {
    signals: plainSignals,
    schedule: noiseSchedule([0.1, 0.3, 0.6]),
    ...from(Float32Array.from({ length }, (_, t) => Math.sin(3 * t))),
    predictNoise: async (y: Float32Array, _level: number, n: number) => {
      evaluated.push(n)
      return y.map((value, t) => 0.3 * (value + (y[t - 1] ?? 0) + (y[t + 1] ?? 0)))
    },
    freshNoise: (n: number, first: number, count: number) =>
      Float32Array.from({ length: count }, (_, t) => Math.cos(n + first + t)),
  }
  const expected = await sample(input)
  const parts = [0, 4, 7].map((start, index) => {
    const end = [4, 7, length][index]
    return { from: Math.max(0, start - 1), start, end, to: Math.min(length, end + 1) }
  })

  evaluated.length = 0
  expect(await sample({ ...input, parts })).toEqual(expected)
  expect(evaluated).toEqual([3, 3, 3, 2, 2, 2, 1, 1, 1])

  evaluated.length = 0
  const ends: number[] = []
  const onPart = async (y: (first: number, end: number) => Float32Array, end: number) => {
    ends.push(end)
    const first = Math.max(0, end - 5)
    expect(y(first, end)).toEqual(expected.subarray(first, end))
  }
  await sampleInParts({ ...input, parts }, onPart)
  expect(evaluated).toEqual([3, 3, 2, 3, 2, 1, 2, 1, 1])
  expect(ends).toEqual([4, 7, length])
})
