import { describe, expect, test } from 'vitest'
import { gaussianNoise } from '../base/random.ts'
import { melSpectrogram } from '../dsp/mel/mel.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import cases from './fixtures/voiced-corrections.fixture.json'
import { readTinyConfig } from './testing/fixtures.ts'
import { maxDifference } from './testing/network-suite.ts'
import { correctsVoiced, correctVoiced, voicedHaloFrames } from './voiced-corrections.ts'

const now = async () => {}

async function convention(): Promise<MelConvention> {
  return (await readTinyConfig('energy-v')).mel
}

/** A vowel at `f0Hz`: harmonics up to 5 kHz, their level falling by 12 dB per octave above 500 Hz. */
function vowel(f0Hz: number, samples: number, rateHz: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: samples }, (_, n) => {
    let sum = 0
    for (let k = 1; k * f0Hz < 5000; k++)
      sum += Math.sin((2 * Math.PI * k * f0Hz * n) / rateHz + k * k) / (1 + (k * f0Hz) / 500) ** 2
    return 0.1 * sum
  })
}

/** The mean |difference| of two mels in the bands below `limitHz` or above. */
function melErrors(one: MelSpectrogram, other: MelSpectrogram, firstBand: number, lastBand: number): number {
  let sum = 0
  for (let frame = 0; frame < one.frames; frame++)
    for (let band = firstBand; band < lastBand; band++)
      sum += Math.abs(one.values[frame * one.bands + band] - other.values[frame * one.bands + band])
  return sum / (one.frames * (lastBand - firstBand))
}

/** Converts [bands, frames], the layout of the fixtures, to [frames, bands]. */
function turned(values: readonly number[], bands: number): MelSpectrogram {
  const frames = values.length / bands
  const melValues = Float32Array.from({ length: values.length }, (_, index) => {
    const [frame, band] = [Math.floor(index / bands), index % bands]
    return values[band * frames + frame]
  })
  return { frames, bands, values: melValues }
}

test.each(cases.map((given) => ({ rate: given.mel.sample_rate_hz, given })))(
  'a waveform is corrected as in PyTorch, at $rate Hz',
  async ({ given: { mel: spec, settings, tensors } }) => {
    const tiny = await readTinyConfig(spec.sample_rate_hz === 16000 ? 'frames-short' : 'energy-v')
    const corrected = await correctVoiced(
      Float32Array.from(tensors.before.values),
      turned(tensors.mel.values, spec.bands),
      Float32Array.from(tensors.voicing.values),
      tiny.mel,
      { count: settings.passes, momentum: settings.momentum },
      now,
    )
    const loudest = Math.max(...tensors.after.values.map(Math.abs))
    expect(maxDifference(corrected, tensors.after.values)).toBeLessThan(1e-5 * loudest)
  },
)

describe('the corrections of a voice', () => {
  const settings = { count: 16, momentum: 0.9 }
  const frames = 40

  test('bring its low bands to the requested mel and leave the harmonics above 1.5 kHz as they were', async () => {
    const mel = await convention()
    const samples = frames * mel.hopSamples
    const asked = melSpectrogram(vowel(200, samples, mel.sampleRateHz), mel)
    const other = vowel(200, samples, mel.sampleRateHz).map(
      (value, n) => value * (1 + 0.5 * Math.sin(n / 900)) + 0.01 * Math.sin(n / 11),
    )
    const corrected = await correctVoiced(other, asked, new Float32Array(frames).fill(1), mel, settings, now)
    const [before, after] = [melSpectrogram(other, mel), melSpectrogram(corrected, mel)]
    const [low, firstHigh, lastHigh] = [24, 42, 62] // centres up to 930 Hz, and from 1.5 to 4.2 kHz
    expect(melErrors(after, asked, 0, low)).toBeLessThan(0.3 * melErrors(before, asked, 0, low))
    expect(melErrors(after, before, firstHigh, lastHigh)).toBeLessThan(0.01)
  })

  test('change nothing where no voice is, and half as much where it is half as likely', async () => {
    const mel = await convention()
    const samples = frames * mel.hopSamples
    const asked = melSpectrogram(vowel(200, samples, mel.sampleRateHz), mel)
    const other = vowel(210, samples, mel.sampleRateHz)
    const changeWith = async (voicing: number) => {
      const values = new Float32Array(frames).fill(voicing)
      const corrected = await correctVoiced(other, asked, values, mel, settings, now)
      return corrected.map((value, n) => value - other[n])
    }
    const [none, half, whole] = [await changeWith(0), await changeWith(0.5), await changeWith(1)]
    expect(Math.max(...none.map(Math.abs))).toBe(0)
    expect(Math.max(...whole.map(Math.abs))).toBeGreaterThan(0.01)
    expect(
      maxDifference(
        half,
        whole.map((value) => value / 2),
      ),
    ).toBeLessThan(1e-6)
  })

  test('of a piece with its halo equal those of the whole', async () => {
    const mel = await convention()
    const few = { count: 3, momentum: 0.9 }
    const { hopSamples, bands } = mel
    const noise = gaussianNoise(1, 0, 0, frames * hopSamples).map((value) => 0.1 * value)
    const asked = melSpectrogram(
      gaussianNoise(2, 0, 0, frames * hopSamples).map((v) => 0.1 * v),
      mel,
    )
    const voicing = Float32Array.from({ length: frames }, (_, frame) => 0.5 + 0.5 * Math.sin(frame))
    const whole = await correctVoiced(noise, asked, voicing, mel, few, now)
    const pieceWith = async (halo: number) => {
      const [from, to] = [18 - halo, 22 + halo]
      const piece = await correctVoiced(
        noise.slice(from * hopSamples, to * hopSamples),
        { frames: to - from, bands, values: asked.values.slice(from * bands, to * bands) },
        voicing.slice(from, to),
        mel,
        few,
        now,
      )
      return piece.slice(halo * hopSamples, (halo + 4) * hopSamples)
    }
    const expected = whole.slice(18 * hopSamples, 22 * hopSamples)
    expect(maxDifference(await pieceWith(voicedHaloFrames(mel, few.count)), expected)).toBeLessThan(1e-6)
    expect(maxDifference(await pieceWith(2), expected)).toBeGreaterThan(1e-4)
  })

  test('end when the caller cancels between two passes', async () => {
    const mel = await convention()
    let passes = 0
    const cancelled = correctVoiced(
      new Float32Array(4 * mel.hopSamples),
      { frames: 4, bands: mel.bands, values: new Float32Array(4 * mel.bands) },
      new Float32Array(4),
      mel,
      settings,
      async () => {
        if (++passes === 3) throw new Error('enough')
      },
    )
    await expect(cancelled).rejects.toThrow('enough')
    expect(passes).toBe(3)
  })
})

test('only a model on frames with a divisible mel can correct a voice', async () => {
  const mel = await convention()
  const frames = { architecture: 'frames', prior: 'spectral', mel }
  expect(correctsVoiced(frames)).toBe(true)
  expect(correctsVoiced({ ...frames, architecture: 'wavegrad' })).toBe(false)
  expect(correctsVoiced({ ...frames, prior: 'energy' })).toBe(false)
  expect(correctsVoiced({ ...frames, mel: { ...mel, hopSamples: 300 } })).toBe(false)
  expect(correctsVoiced({ ...frames, mel: { ...mel, lowHz: 1500 } })).toBe(false)
  // The lowest band begins below 1 kHz, but its centre is above.
  expect(correctsVoiced({ ...frames, mel: { ...mel, lowHz: 900, bands: 10 } })).toBe(false)
  expect(correctsVoiced({ ...frames, mel: { ...mel, bands: 1 } })).toBe(false)
})
