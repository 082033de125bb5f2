import { expect, test } from 'vitest'
import { levelSpectrogram } from '../dsp/spectra/level-spectrogram.ts'
import { congruentialNoise, syntheticVoice } from '../dsp/testing/synthetic-voice.ts'
import { compare } from './compare.ts'
import { distanceToReference } from './reference-distance.ts'

const rateHz = 22050
const voice = Float32Array.from(syntheticVoice({ samples: 30 * 256 }))
const noise = congruentialNoise(3, voice.length)
const noisy = voice.map((value, n) => 0.5 * value + 0.004 * noise[n])

const spectrogramOf = (samples: Float32Array) => levelSpectrogram(samples, rateHz)
const stepDb = 140 / 255
/** Rounds the levels of a spectrogram as pretrain/make_references.py does. */
function in8Bits(samples: Float32Array) {
  const { levelsDb, ...rest } = spectrogramOf(samples)
  return { ...rest, levelsDb: levelsDb.map((level) => Math.round(level / stepDb) * stepDb) }
}

test('agrees with the figure that is measured on waveforms, whatever the level', async () => {
  const [reference, output] = [voice, noisy].map((samples) => ({
    samples: Float32Array.from(samples),
    sampleRateHz: rateHz,
  }))
  const { lsdDb } = await compare(reference, output)
  expect(lsdDb).toBeGreaterThan(3)
  const found = distanceToReference(in8Bits(voice), spectrogramOf(noisy))
  expect(Math.abs(found - lsdDb)).toBeLessThan(0.1)
})

test('a signal is as far from its own 8-bit spectrogram as rounding makes it', () => {
  const rounding = stepDb / Math.sqrt(12)
  expect(distanceToReference(in8Bits(voice), spectrogramOf(voice))).toBeCloseTo(rounding, 1)
})

test('a reference of another rate is refused, and a shorter output is compared as far as it goes', () => {
  expect(() => distanceToReference(spectrogramOf(voice), levelSpectrogram(voice, 8000))).toThrow(
    'sampling rates',
  )
  expect(() => distanceToReference(spectrogramOf(voice), spectrogramOf(new Float32Array(0)))).toThrow('empty')
  const start = spectrogramOf(voice.slice(0, 20 * 256))
  expect(distanceToReference(spectrogramOf(voice), start)).toBeLessThan(1)
})
