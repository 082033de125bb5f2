import { expect, test } from 'vitest'
import { hifiGanConvention as convention } from '../../../dsp/mel/hifi-gan-convention.ts'
import { melSpectrogram } from '../../../dsp/mel/mel.ts'
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import {
  bands,
  frames,
  maxDifference,
  meanDifference,
  openArray,
  textFile,
  transposed,
  values,
} from '../../testing/opened-mel.ts'
import { speechLike } from '../../testing/speech-like.ts'
import { ln } from '../producers/profile.ts'

const producers: [name: string, source: Partial<MelConvention>, config: string, bound: number][] = [
  [
    'ParallelWaveGAN at 24 kHz',
    { sampleRateHz: 24_000, fftSize: 2048, hopSamples: 300, windowSamples: 1200, lowHz: 80, highHz: 7600 },
    'sampling_rate: 24000  # Hz\nfft_size: 2048\nhop_size: 300\nwin_length: 1200\nnum_mels: 80\nfmin: 80\nfmax: 7600\nwindow: "hann"',
    0.2,
  ],
  ['another hop', { hopSamples: 200 }, '{"audio": {"hop_length": 200, "sample_rate": 22050}}', 0.06],
]

test.each(producers)('approximates %s, and says so', async (_, source, config, bound) => {
  const from = { ...convention, ...source }
  const made = melSpectrogram(speechLike(from.sampleRateHz), from)
  const producerFiles = [textFile('config', config)]
  // ParallelWaveGAN stores logarithms to base 10, as its profile knows.
  const stored = config.includes('fft_size') ? made.values.map((value) => value / Math.LN10) : made.values
  const { mel: opened, report } = await openArray(stored, [made.frames, made.bands], { producerFiles })
  expect(report.conversion).toBe('approximate')
  expect(report.conversionNote).toMatch(/^Approximated through another filterbank/)
  if (!opened) throw new Error('no mel')
  const common = Math.min(opened.frames, frames) * bands
  expect(Math.abs(opened.frames - frames)).toBeLessThanOrEqual(1)
  const inside = (array: Float32Array) =>
    array.slice(0, common).filter((_, i) => i % bands > 2 && i % bands < 78)
  expect(meanDifference(inside(opened.values), inside(values))).toBeLessThan(bound)
})

test("recognises lmnt's mels by their 128 bands between 0 and 1, including the window's norm", async () => {
  const lmnt: MelConvention = {
    ...convention,
    fftSize: 2048,
    hopSamples: 300,
    windowSamples: 1200,
    bands: 128,
    lowHz: 20,
    highHz: 11_025,
    scale: 'htk',
    norm: 'none',
  }
  const made = melSpectrogram(speechLike(22_050), lmnt)
  const windowNorm = Math.sqrt(0.375 * 1200)
  const stored = made.values.map((value) => {
    const db = 20 * Math.log10(Math.max(Math.exp(value) / windowNorm, 1e-5)) - 20
    return Math.max(0, Math.min(1, (db + 100) / 100))
  })
  const { mel: opened, report } = await openArray(transposed(stored, made.frames, 128), [128, made.frames])
  const scaling = { kind: 'range', stored: [0, 1] }
  expect(report).toMatchObject({ conversion: 'approximate', reading: { values: { scaling }, bandAxis: 0 } })
  expect(report.assumed.join()).toMatch(
    /hop 300, window 1200, FFT 2048, .* HTK scale, as published with WaveGrad by lmnt/,
  )
  const voiced = (array: Float32Array) => array.slice(0, 60 * bands).filter((_, i) => i % bands > 2)
  expect(meanDifference(voiced(opened?.values ?? new Float32Array()), voiced(values))).toBeLessThan(0.2)
})

test("approximates ivanvovk's log10 of power, in which silence reads 0", async () => {
  const source = { ...convention, hopSamples: 300, lowHz: 80 }
  const made = melSpectrogram(speechLike(22_050), source)
  const stored = made.values.map((value) => (value < -11.5 ? 0 : (2 * value) / Math.LN10))
  const override = { values: { unit: 'log10', of: 'power' }, convention: source } as const
  const { mel: opened, report } = await openArray(stored, [made.frames, 80], { override })
  expect(report.conversion).toBe('approximate')
  expect(report.conversionNote).toContain('power, not magnitude')
  const silentFrame = opened?.values.slice(-bands)
  expect(silentFrame?.every((value) => value === Math.fround(Math.log(1e-5)))).toBe(true)
})

test('filters of height 1 become filters of area 2 exactly', async () => {
  const plain = melSpectrogram(speechLike(22_050), { ...convention, norm: 'none', floor: 1e-30 })
  const { mel: opened, report } = await openArray(plain.values, [frames, bands], {
    override: { values: ln.magnitude, convention: { ...convention, norm: 'none' } },
  })
  expect(report.conversion).toBe('exact')
  expect(maxDifference(opened?.values, values)).toBeLessThan(1e-4)
})

test('filters of area 2 become filters of height 1 exactly', async () => {
  const target = { ...convention, norm: 'none' as const }
  const deep = melSpectrogram(speechLike(22_050), { ...convention, floor: 1e-30 })
  const { mel: opened, report } = await openArray(deep.values, [frames, bands], {
    override: { values: ln.magnitude, convention },
    target,
  })
  expect(report.conversion).toBe('exact')
  expect(maxDifference(opened?.values, melSpectrogram(speechLike(22_050), target).values)).toBeLessThan(1e-4)
})

test('a target in log10 receives log10', async () => {
  const target = { ...convention, log: 'log10' as const }
  const { mel: opened } = await openArray(values, [frames, bands], { target })
  expect(maxDifference(opened?.values, melSpectrogram(speechLike(22_050), target).values)).toBeLessThan(1e-5)
})
