/** Tests of prior and mel in tensors against their versions in plain numbers, for every backend. */
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { gaussianNoise } from '../../base/random.ts'
import { melSpectrogram } from '../../dsp/mel/mel.ts'
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type { ModelConfig } from '../config.ts'
import { shapeByPrior } from '../prior/prior.ts'
import { SpectraOfMel } from '../prior/spectra-of-mel.ts'
import { readTinyConfig } from './fixtures.ts'
import { maxDifference } from './network-suite.ts'

const frames = 8
const conventions = ['energy-v', 'hop-300', 'four-levels'] as const
const priors = ['standard', 'energy', 'spectral'] as const

async function configOf(tiny: string, prior: ModelConfig['prior']): Promise<ModelConfig> {
  return { ...(await readTinyConfig(tiny)), prior, priorRolloffDbPerKhz: 4, priorCorrections: 0 }
}

/** A mel per batch item, each of a different loudness. */
function melsOf({ mel }: ModelConfig): MelSpectrogram[] {
  return [0, 1].map((item) => ({
    frames,
    bands: mel.bands,
    values: Float32Array.from({ length: frames * mel.bands }, (_, i) => Math.sin(i / 7) - 3 + 2 * item),
  }))
}

/** Declares the tests; the calling file sets the backend in a `beforeAll`. */
export function describeSpectra(): void {
  test.each(conventions.flatMap((tiny) => priors.map((prior) => [prior, tiny] as const)))(
    'the %s prior shapes each item of a batch as it does alone: %s',
    async (prior, tiny) => {
      const before = tf.memory().numTensors
      const config = await configOf(tiny, prior)
      const mels = melsOf(config)
      const samples = frames * config.mel.hopSamples
      const process = gaussianNoise(1, 0, 0, 2 * samples)
      const spectra = new SpectraOfMel(config)
      const shaped = tf.tidy(() => spectra.shape(tf.tensor2d(process, [2, samples]), mels))
      const values = await shaped.data()
      for (const [item, mel] of mels.entries()) {
        const own = process.slice(item * samples, (item + 1) * samples)
        const expected = await shapeByPrior(own, mel, config)
        const found = values.slice(item * samples, (item + 1) * samples)
        const loudest = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
        expect(maxDifference(found, expected)).toBeLessThan(1e-5 * loudest)
      }
      shaped.dispose()
      spectra.dispose()
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test.each(conventions)('corrections equal those in plain numbers: %s', async (tiny) => {
    const config = { ...(await configOf(tiny, 'spectral')), priorCorrections: 3, priorMomentum: 0.6 }
    const mels = melsOf(config)
    const samples = frames * config.mel.hopSamples
    const process = gaussianNoise(3, 0, 0, 2 * samples)
    const before = tf.memory().numTensors
    const spectra = new SpectraOfMel(config)
    const corrected = tf.tidy(() => {
      const shaped = spectra.shape(tf.tensor2d(process, [2, samples]), mels)
      return spectra.correct(shaped, mels, { count: 3, momentum: 0.6, scope: 'all' })
    })
    const values = await corrected.data()
    for (const [item, mel] of mels.entries()) {
      const expected = await shapeByPrior(process.slice(item * samples, (item + 1) * samples), mel, config)
      const loudest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      const found = values.slice(item * samples, (item + 1) * samples)
      expect(maxDifference(found, expected)).toBeLessThan(1e-4 * loudest)
    }
    corrected.dispose()
    spectra.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test.each(conventions)('the mel of audio equals dsp’s: %s', async (tiny) => {
    const config = await configOf(tiny, 'standard')
    const samples = frames * config.mel.hopSamples
    const audio = gaussianNoise(2, 0, 0, 2 * samples).map((value) => 0.1 * value)
    const spectra = new SpectraOfMel(config)
    const mel = tf.tidy(() => spectra.logMel(tf.tensor2d(audio, [2, samples])))
    expect(mel.shape).toEqual([2, frames, config.mel.bands])
    const size = frames * config.mel.bands
    const values = await mel.data()
    for (const item of [0, 1]) {
      const expected = melSpectrogram(audio.slice(item * samples, (item + 1) * samples), config.mel)
      expect(maxDifference(values.slice(item * size, (item + 1) * size), expected.values)).toBeLessThan(1e-4)
    }
    mel.dispose()
    spectra.dispose()
  })
}
