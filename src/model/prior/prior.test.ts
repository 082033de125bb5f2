import { expect, test } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { melSpectrogram } from '../../dsp/mel/mel.ts'
import { hopFraming } from '../../dsp/spectra/framing.ts'
import { frameFilter } from '../../dsp/spectra/stft.ts'
import type { ModelConfig } from '../config.ts'
import cases from '../fixtures/prior.fixture.json'
import { loadTiny, readTinyConfig } from '../testing/fixtures.ts'
import { maxDifference } from '../testing/network-suite.ts'
import { waveformInNumbers } from '../testing/waveform-in-numbers.ts'
import { priorHaloFrames, shapeByPrior, whitenByPrior, withCorrections } from './prior.ts'

/** Converts [bands, frames], the layout of the fixtures, to the page's [frames, bands]. */
function melOf(values: ArrayLike<number>, bands: number) {
  const frames = values.length / bands
  const turned = new Float32Array(values.length)
  for (let frame = 0; frame < frames; frame++)
    for (let band = 0; band < bands; band++) turned[frame * bands + band] = values[band * frames + frame]
  return { frames, bands, values: turned }
}

/** A tiny model's configuration with another prior. */
async function withPrior(prior: ModelConfig['prior'], tiny = 'energy-v'): Promise<ModelConfig> {
  return {
    ...(await readTinyConfig(tiny)),
    prior,
    priorFloor: 1e-3,
    priorRolloffDbPerKhz: 4,
    priorCorrections: 3,
    priorMomentum: 0.9,
  }
}

const named = cases.map((given) => ({ name: `${given.prior}, ${given.mel.scale}, ${given.mel.log}`, given }))

test.each(named)('a process is shaped to the same waveform as in PyTorch: $name', async ({ given }) => {
  const { prior, mel, tensors } = given
  const config = await withPrior(
    prior as ModelConfig['prior'],
    mel.hop_samples === 300 ? 'hop-300' : 'energy-v',
  )
  const process = Float32Array.from(tensors.process.values)
  const waveform = await shapeByPrior(process, melOf(tensors.mel.values, mel.bands), config)
  const loudest = Math.max(...tensors.waveform.values.map(Math.abs))
  expect(maxDifference(waveform, tensors.waveform.values)).toBeLessThan(1e-5 * loudest)
})

test('a standard prior does not change the process', async () => {
  const mel = melOf(new Float32Array(160).fill(-3), 80)
  const process = Float32Array.from({ length: 512 }, (_, t) => Math.sin(t))
  expect(await shapeByPrior(process, mel, await withPrior('standard'))).toEqual(process)
})

test.each(['standard', 'energy', 'spectral'] as const)(
  'the %s prior, without corrections, inverts its whitening',
  async (prior) => {
    const config = { ...(await withPrior(prior)), priorCorrections: 0 }
    const frames = 40
    const waveform = Float32Array.from(
      gaussianNoise(1, 0, 0, frames * 256),
      (value, t) => 0.05 * value * (1.2 + Math.sin(t / 700)),
    )
    const mel = melSpectrogram(waveform, config.mel)
    const process = whitenByPrior(waveform, mel, config)
    const again = await shapeByPrior(process, mel, config)
    const [error, power] = [again.map((value, t) => value - waveform[t]), waveform].map((signal) =>
      signal.reduce((sum, value) => sum + value * value, 0),
    )
    // The inverse of a filter that changes from frame to frame is not exact.
    expect(Math.sqrt(error / power)).toBeLessThan(prior === 'spectral' ? 0.1 : 1e-6)
  },
)

test('white noise shaped by the spectral prior has approximately the mel of that prior', async () => {
  const config = await withPrior('spectral')
  const frames = 40
  const values = Float32Array.from({ length: frames * 80 }, (_, i) => -4 + 2 * Math.sin((i % 80) / 12))
  const noise = gaussianNoise(1, 0, 0, frames * 256)
  const waveform = await shapeByPrior(noise, { frames, bands: 80, values }, config)
  const heard = melSpectrogram(waveform, config.mel)
  const meanError = heard.values.reduce((sum, value, i) => sum + value - values[i], 0) / values.length
  expect(Math.abs(meanError)).toBeLessThan(0.2)
})

test('each correction brings the waveform closer to its mel', async () => {
  const config = await withPrior('spectral')
  const frames = 40
  const values = Float32Array.from({ length: frames * 80 }, (_, i) => -4 + 2 * Math.sin((i % 80) / 12))
  const noise = gaussianNoise(1, 0, 0, frames * 256)
  const errors: number[] = []
  for (const priorCorrections of [0, 2, 8]) {
    const waveform = await shapeByPrior(noise, { frames, bands: 80, values }, { ...config, priorCorrections })
    const heard = melSpectrogram(waveform, config.mel)
    errors.push(heard.values.reduce((sum, value, i) => sum + Math.abs(value - values[i]), 0) / values.length)
  }
  expect(errors[1]).toBeLessThan(0.7 * errors[0])
  expect(errors[2]).toBeLessThan(0.7 * errors[1])
})

test.each([0, 4, 16])('the %i corrections of a model can be replaced by any other number', async (own) => {
  const config = { ...(await withPrior('spectral')), priorCorrections: own }
  const values = Float32Array.from({ length: 20 * 80 }, (_, i) => -4 + 2 * Math.sin((i % 80) / 12))
  const mel = { frames: 20, bands: 80, values }
  const noise = gaussianNoise(1, 0, 0, 20 * 256)
  for (const { count, momentum } of [
    { count: 0, momentum: 0 },
    { count: 4, momentum: 0 },
    { count: 16, momentum: 0.9 },
  ]) {
    const asked = await shapeByPrior(noise, mel, withCorrections(config, { count, momentum, scope: 'all' }))
    const written = { ...config, priorCorrections: count, priorMomentum: momentum }
    expect(asked).toEqual(await shapeByPrior(noise, mel, written))
    const once = await shapeByPrior(noise, mel, { ...written, priorCorrections: count + 1 })
    expect(asked).not.toEqual(once)
  }
})

test.each(['standard', 'energy', 'spectral'] as const)(
  'a piece of a process with the halo of the %s prior becomes that piece of the whole',
  async (prior) => {
    const config = await withPrior(prior)
    const { bands, hopSamples } = config.mel
    const frames = 60
    const mel = { frames, bands, values: gaussianNoise(2, 0, 0, frames * bands).map((value) => value - 4) }
    const process = gaussianNoise(1, 0, 0, frames * hopSamples)
    const whole = await shapeByPrior(process, mel, config)
    const piece = async (halo: number) => {
      const [from, to] = [25 - halo, 30 + halo]
      const values = mel.values.subarray(from * bands, to * bands)
      const window = process.subarray(from * hopSamples, to * hopSamples)
      const shaped = await shapeByPrior(window, { frames: to - from, bands, values }, config)
      return shaped.slice(halo * hopSamples, (halo + 5) * hopSamples)
    }
    const expected = whole.slice(25 * hopSamples, 30 * hopSamples)
    expect(maxDifference(await piece(priorHaloFrames(config)), expected)).toBeLessThan(1e-6)
    if (prior !== 'standard') expect(maxDifference(await piece(0), expected)).toBeGreaterThan(1e-3)
  },
)

test('a silent mel has the minimum gain', async () => {
  const config = { ...(await withPrior('spectral')), priorCorrections: 0 }
  const process = Float32Array.from({ length: 1024 }, (_, t) => Math.sin(0.3 * t))
  const silent = melOf(new Float32Array(4 * 80).fill(-40), 80)
  const quiet = await shapeByPrior(process, silent, config)
  expect(
    maxDifference(
      quiet,
      process.map((value) => 1e-3 * value),
    ),
  ).toBeLessThan(1e-8)
})

test('a frame filter of gain one changes nothing', async () => {
  const { mel } = await withPrior('spectral')
  const process = Float32Array.from({ length: 1024 }, (_, t) => Math.sin(0.3 * t))
  const same = frameFilter(process, hopFraming(mel), () => new Float64Array(513).fill(1))
  expect(maxDifference(same, process)).toBeLessThan(1e-6)
})

test('a waveform is clipped only after the prior', async () => {
  const model = await loadTiny('energy-v')
  const quiet = melOf(new Float32Array(3 * 80).fill(-11.5129), 80) // at the floor of 1e-3
  const process = Float32Array.from({ length: 768 }, (_, t) => (t - 384) * 4)
  const waveform = await waveformInNumbers(model, process, quiet)
  model.dispose()
  expect([waveform[0], waveform[383], waveform[767]].map((value) => value.toFixed(4))).toEqual([
    '-1.0000',
    '-0.0040',
    '1.0000',
  ])
})
