import { expect, test, vi } from 'vitest'
import { congruentialNoise, syntheticVoice } from '../dsp/testing/synthetic-voice.ts'
import { compare } from './compare.ts'
import fixture from './fixtures/figures.fixture.json'

const rateHz = 22050
const voice = syntheticVoice({ samples: 44100 })

const signal = (samples: Float64Array, sampleRateHz = rateHz) => ({
  samples: Float32Array.from(samples),
  sampleRateHz,
})

function withNoise(samples: Float64Array, gain: number, noiseGain: number, seed: number): Float64Array {
  const noise = congruentialNoise(seed, samples.length)
  return samples.map((value, n) => gain * value + noiseGain * noise[n])
}

/** The pairs of pretrain/fixtures/signals.py: reference, output. */
function pairOf(name: keyof typeof fixture) {
  switch (name) {
    case 'late, softer and noisy': {
      const late = new Float64Array(137 + voice.length)
      late.set(voice, 137)
      return [signal(voice), signal(withNoise(late, 0.7, 0.01, 5))] as const
    }
    case 'early and short':
      return [signal(voice), signal(withNoise(voice.subarray(313), 1, 0.002, 6))] as const
    case 'detuned, clipped and longer': {
      const shrill = syntheticVoice({ samples: 50000, detune: 1.02, seed: 3 })
      return [signal(voice), signal(shrill.map((value) => Math.max(-0.3, Math.min(0.3, 6 * value))))] as const
    }
    case 'output at 16 kHz': {
      const output = syntheticVoice({ samples: 32000, sampleRateHz: 16000, seed: 4 })
      return [signal(voice), signal(output, 16000)] as const
    }
    case 'reference at 48 kHz': {
      const reference = syntheticVoice({ samples: 96000, sampleRateHz: 48000 })
      return [signal(reference, 48000), signal(voice.subarray(0, 43008).map((value) => 1.5 * value))] as const
    }
    default:
      return name satisfies never
  }
}

test.each([
  'late, softer and noisy',
  'early and short',
  'detuned, clipped and longer',
  'output at 16 kHz',
  'reference at 48 kHz',
] as const)('figures equal the scorer’s: %s', async (name) => {
  const [reference, output] = pairOf(name)
  const figures = await compare(reference, output)
  const expected = fixture[name]
  const differences = {
    melMae: figures.melMae - expected.mel_mae,
    lsdDb: figures.lsdDb - expected.lsd_db,
    mrstft: figures.mrstft - expected.mrstft,
    mcd13Db: figures.mcd13Db - expected.mcd13_db,
    stoi: figures.stoi - expected.stoi,
    hfDb: figures.hfDb - expected.hf_db,
    levelDb: figures.levelDb - expected.level_db,
  }
  for (const [figure, difference] of Object.entries(differences)) {
    expect(Math.abs(difference), figure).toBeLessThan(1e-3)
  }
})

test('a signal equals itself', async () => {
  const figures = await compare(signal(voice), signal(voice))
  const { stoi, ...distances } = figures
  expect(stoi).toBeCloseTo(1, 9)
  for (const distance of Object.values(distances)) expect(distance).toBeCloseTo(0, 9)
})

test('clips of a few samples are compared, without a figure for intelligibility', async () => {
  const short = signal(voice.subarray(0, 300))
  const figures = await compare(short, signal(voice.subarray(0, 200)))
  expect(figures.melMae).toBeGreaterThanOrEqual(0)
  expect(figures.stoi).toBeNaN()
})

test.each([
  ['recording', new Float64Array(5000), voice],
  ['output', voice, new Float64Array(5000)],
  ['output', voice, new Float64Array(0)],
])('a silent or empty %s is named', async (name, reference, output) => {
  await expect(compare(signal(reference), signal(output))).rejects.toMatchObject({
    problem: { code: 'compare-silence', message: expect.stringContaining(name) },
  })
})

test('comparing reports progress in order, and can be cancelled', async () => {
  const fractions: number[] = []
  await compare(signal(voice), signal(voice), { onProgress: (fraction) => fractions.push(fraction) })
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect([fractions[0], fractions.at(-1)]).toEqual([0, 1])

  const controller = new AbortController()
  const onProgress = vi.fn(() => controller.abort())
  const running = compare(signal(voice), signal(voice), { signal: controller.signal, onProgress })
  await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  expect(onProgress).toHaveBeenCalledTimes(1)
})
