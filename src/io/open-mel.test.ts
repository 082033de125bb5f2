import { expect, test } from 'vitest'
import { melSpectrogram } from '../dsp/mel.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import { modelConvention as convention } from '../dsp/testing/model-convention.ts'
import files from './fixtures/numpy-files.fixture.json'
import { writeNpy } from './npy-writer.ts'
import { type MelFileInput, openMelFile } from './open-mel.ts'
import { fixtureBytes } from './testing/fixture-bytes.ts'
import { problemOf } from './testing/problem-of.ts'
import { safetensorsFile } from './testing/safetensors-file.ts'
import { speechLike } from './testing/speech-like.ts'
import { zipFile } from './testing/zip-file.ts'

const mel = melSpectrogram(speechLike(22_050), convention)
const { frames, bands, values } = mel

/** [frames, bands] to [bands, frames]. */
function transposed(source: Float32Array, rows: number, columns: number) {
  return Float32Array.from(
    { length: source.length },
    (_, i) => source[(i % rows) * columns + Math.floor(i / rows)],
  )
}
const bandsFirst = transposed(values, frames, bands)

function open(bytes: Uint8Array<ArrayBuffer>, options: Partial<MelFileInput> = {}) {
  return openMelFile({ name: 'mel.npy', bytes, target: convention, ...options })
}
const openArray = (array: Float32Array, shape: readonly number[], options: Partial<MelFileInput> = {}) =>
  open(writeNpy(array, shape), options)

const textFile = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })

function largestDifference(a: Float32Array | undefined, b: Float32Array) {
  if (a?.length !== b.length) throw new Error(`${a?.length} values, not ${b.length}`)
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0)
}
/** Much faster than `toEqual`, which looks at every value as at any object. */
function expectSameMel(opened: MelSpectrogram | undefined, expected = mel) {
  expect([opened?.frames, opened?.bands]).toEqual([expected.frames, expected.bands])
  expect(largestDifference(opened?.values, expected.values)).toBe(0)
}
const meanDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length

test.each([
  ['Tacotron 2: [80, T]', bandsFirst, [bands, frames]],
  ['Tacotron 2: [1, 80, T]', bandsFirst, [1, bands, frames]],
  ['FastSpeech 2: [T, 80]', values, [frames, bands]],
  ['with an axis at the end: [T, 80, 1]', values, [frames, bands, 1]],
] as const)('takes the mel as it is from %s', (_, array, shape) => {
  const { mel: opened, report } = openArray(array, shape)
  expectSameMel(opened)
  expect(report).toMatchObject({ conversion: 'none', conversionNote: '', warnings: [], shape })
  expect(report.recognisedAs).toBe(
    'natural logarithm (Tacotron 2, HiFi-GAN, FastSpeech 2, Matcha-TTS, ESPnet): floor 1e-5',
  )
  expect(report.assumed).toEqual([
    'Assumed, because an array does not show it: 22050 Hz, hop 256, window 1024, FFT 1024, ' +
      'bands from 0 to 8000 Hz, Slaney scale, as the model has it.',
  ])
  expect(report.question).toBeUndefined()
})

// Each scale as its producer's preprocessing computes it from magnitudes, and what comes back.
const magnitudes = values.map(Math.exp)
const decibels = magnitudes.map((x) => 20 * Math.log10(Math.max(x, 1e-5)))
test.each([
  ['log10', 'floor 1e-5', magnitudes.map((x) => Math.log10(x))],
  ['db', 'floor -100 dB', decibels],
] as const)('converts %s exactly', (scale, evidence, array) => {
  const { mel: opened, report } = openArray(array, [frames, bands])
  expect(report.reading.values).toBe(scale)
  expect(report.recognisedAs.endsWith(evidence)).toBe(true)
  expect(report.conversion).toBe('exact')
  expect(report.conversionNote).toContain('to natural logarithm')
  expect(largestDifference(opened?.values, values)).toBeLessThan(1e-5)
})

test("converts coqui's symmetric scale exactly, down to its floor of -80 dB", () => {
  const symmetric = decibels.map((db) => Math.max(-4, Math.min(4, 8 * ((db - 20 + 100) / 100) - 4)))
  const { mel: opened, report } = openArray(symmetric, [bands, frames].toReversed())
  expect(report).toMatchObject({ conversion: 'exact', reading: { values: 'symmetric-4' } })
  const expected = values.map((value) => Math.max(value, Math.log(1e-4)))
  expect(largestDifference(opened?.values, expected)).toBeLessThan(1e-5)
})

test.each([
  [1e-9, 'floor 1e-9'],
  [1e-10, 'floor 1e-10'],
])('raises a lower floor, %d, to the model’s', (floor, evidence) => {
  const deep = magnitudes.map((x) => Math.log(x <= 1.0001e-5 ? floor : x))
  const { mel: opened, report } = openArray(deep, [frames, bands])
  expect(report.recognisedAs.endsWith(evidence)).toBe(true)
  expect(report.conversion).toBe('exact')
  expect(report.conversionNote).toMatch(/\d+ % of its values raised to the floor of 1e-5/)
  expect(largestDifference(opened?.values, values)).toBeLessThan(1e-4)
})

test('log10 with a floor of 1e-10 is told from natural logarithms', () => {
  const deep = magnitudes.map((x) => Math.log10(x <= 1.0001e-5 ? 1e-10 : x))
  expect(openArray(deep, [frames, bands]).report.reading.values).toBe('log10')
})

test('float16 and Fortran order change nothing in what is recognised', () => {
  const { report } = open(
    safetensorsFile(
      { mel: { dtype: 'F16', shape: [80, 2], data_offsets: [0, 320] } },
      new Uint8Array(Uint16Array.from({ length: 160 }, (_, i) => (i % 3 ? 0xc9c2 : 0xb800)).buffer),
    ),
  )
  expect(report.reading).toMatchObject({ values: 'ln', bandAxis: 0 })
  expect(report.conversion).toBe('none')
})

test('a mel that never reaches its floor is judged by its range, and said to be', () => {
  const loud = values.map((value, i) => Math.max(value, -6.3 + 0.1 * Math.sin(i)))
  expect(openArray(loud, [frames, bands]).report).toMatchObject({ reading: { values: 'ln' } })
  const decades = loud.map((value) => value / Math.LN10)
  const { report } = openArray(decades, [frames, bands])
  expect(report.reading.values).toBe('log10')
  expect(report.assumed[0]).toBe('The scale is guessed from the range of its values.')
})

const normalised = values.map((value, i) => (value / Math.LN10 + 2 + (i % bands) / 100) / 1.2)
const statistics = {
  mean: Array.from({ length: bands }, (_, band) => -2 - band / 100),
  deviation: new Array<number>(bands).fill(1.2),
}

test('asks for the statistics of normalised values, and reads them with these', () => {
  const asked = openArray(normalised, [frames, bands])
  expect(asked.mel).toBeUndefined()
  expect(asked.report.question).toMatch(/which mean and deviation per band/)
  const byOverride = openArray(normalised, [frames, bands], { override: { statistics } })
  expect(largestDifference(byOverride.mel?.values, values)).toBeLessThan(1e-4)
  const json = textFile('stats.json', JSON.stringify({ mean: statistics.mean, std: statistics.deviation }))
  const byConfig = openArray(normalised, [frames, bands], { producerFiles: [json] })
  expectSameMel(byConfig.mel, byOverride.mel)
  expect(byConfig.report.conversion).toBe('exact')
})

test('takes the statistics that ParallelWaveGAN and ESPnet keep, and a configuration with them', () => {
  const { mean, deviation } = statistics
  const rows = writeNpy(Float32Array.from([...mean, ...deviation]), [2, bands])
  const count = 500
  const sums = zipFile({
    'count.npy': writeNpy(Float32Array.of(count), [1]),
    'sum.npy': writeNpy(
      Float32Array.from(mean, (value) => value * count),
      [bands],
    ),
    'sum_square.npy': writeNpy(
      Float32Array.from(mean, (value, band) => (value ** 2 + deviation[band] ** 2) * count),
      [bands],
    ),
  })
  for (const bytes of [rows, sums]) {
    const producerFiles = [{ name: 'stats', bytes }, textFile('config.yaml', 'hop_size: 256\nlog_base: 10')]
    const { mel: opened, report } = openArray(normalised, [frames, bands], { producerFiles })
    expect(largestDifference(opened?.values, values)).toBeLessThan(1e-3)
    expect(report.assumed[0]).not.toContain('hop')
  }
})

test('statistics that are no statistics are refused by name', () => {
  const other = { name: 'other.npy', bytes: writeNpy(bandsFirst, [bands, frames]) }
  expect(problemOf(() => openArray(values, [frames, bands], { producerFiles: [other] }))).toMatchObject({
    code: 'config-statistics',
    file: 'other.npy',
    found: `shape [${bands}, ${frames}]`,
  })
})

test('eighty frames: the axis that varies more holds the bands; where neither does, it asks', () => {
  const square = { frames: 80, values: values.slice(0, 80 * 80) }
  const rows = openArray(square.values, [80, 80])
  expect(rows.report.reading.bandAxis).toBe(1)
  expect(rows.report.assumed[0]).toMatch(/Both axes have 80 values/)
  expectSameMel(openArray(transposed(square.values, 80, 80), [80, 80]).mel, rows.mel)
  const alike = Float32Array.from(
    { length: 6400 },
    (_, i) => -11.5129 + ((i % 80) * Math.floor(i / 80)) / 1000,
  )
  const asked = openArray(alike, [80, 80])
  expect(asked.mel).toBeUndefined()
  expect(asked.report.question).toMatch(/which one holds the bands/)
  expect(
    largestDifference(openArray(alike, [80, 80], { override: { bandAxis: 1 } }).mel?.values, alike),
  ).toBe(0)
})

test('finds the mel in an npz, a safetensors file and JSON, and says which it took', () => {
  const npz = zipFile({
    'f0.npy': writeNpy(values, [values.length]),
    'out.npy': writeNpy(bandsFirst, [80, frames]),
  })
  const fromNpz = open(npz)
  expectSameMel(fromNpz.mel)
  expect(fromNpz.report.assumed[0]).toBe('"out" of its 2 arrays holds the mel.')
  const data = new Uint8Array(values.buffer)
  const header = { mel: { dtype: 'F32', shape: [frames, bands], data_offsets: [0, data.length] } }
  expectSameMel(open(safetensorsFile(header, data)).mel)
  const rows = Array.from({ length: frames }, (_, frame) => [
    ...values.subarray(frame * bands, (frame + 1) * bands),
  ])
  expectSameMel(open(new TextEncoder().encode(JSON.stringify({ mel: [rows] }))).mel)
})

const producers: [name: string, source: Partial<MelConvention>, config: string, bound: number][] = [
  [
    'ParallelWaveGAN at 24 kHz',
    { sampleRateHz: 24_000, fftSize: 2048, hopSamples: 300, windowSamples: 1200, lowHz: 80, highHz: 7600 },
    'sampling_rate: 24000  # Hz\nfft_size: 2048\nhop_size: 300\nwin_length: 1200\nnum_mels: 80\nfmin: 80\nfmax: 7600\nwindow: "hann"',
    0.2,
  ],
  ['another hop', { hopSamples: 200 }, '{"audio": {"hop_length": 200, "sample_rate": 22050}}', 0.06],
]

test.each(producers)('approximates %s, and labels it so', (_, source, config, bound) => {
  const from = { ...convention, ...source }
  const made = melSpectrogram(speechLike(from.sampleRateHz), from)
  const producerFiles = [textFile('config', config)]
  const { mel: opened, report } = openArray(made.values, [made.frames, made.bands], { producerFiles })
  expect(report.conversion).toBe('approximate')
  expect(report.conversionNote).toMatch(/^Approximated through another filterbank/)
  if (!opened) throw new Error('no mel')
  const common = Math.min(opened.frames, frames) * bands
  expect(Math.abs(opened.frames - frames)).toBeLessThanOrEqual(1)
  const inside = (array: Float32Array) =>
    array.slice(0, common).filter((_, i) => i % bands > 2 && i % bands < 78)
  expect(meanDifference(inside(opened.values), inside(values))).toBeLessThan(bound)
})

test("recognises lmnt's mels by their 128 bands between 0 and 1, the window's norm included", () => {
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
  const { mel: opened, report } = openArray(transposed(stored, made.frames, 128), [128, made.frames])
  expect(report).toMatchObject({ conversion: 'approximate', reading: { values: 'lmnt', bandAxis: 0 } })
  expect(report.assumed[0]).toMatch(/hop 300, window 1200, FFT 2048, .* HTK scale, as in lmnt's WaveGrad/)
  const voiced = (array: Float32Array) => array.slice(0, 60 * bands).filter((_, i) => i % bands > 2)
  expect(meanDifference(voiced(opened?.values ?? new Float32Array()), voiced(values))).toBeLessThan(0.2)
})

test("approximates ivanvovk's log10 of power, in which silence reads 0", () => {
  const source = { ...convention, hopSamples: 300, lowHz: 80 }
  const made = melSpectrogram(speechLike(22_050), source)
  const stored = made.values.map((value) => (value < -11.5 ? 0 : (2 * value) / Math.LN10))
  const override = { values: 'log10-power', convention: source } as const
  const { mel: opened, report } = openArray(stored, [made.frames, 80], { override })
  expect(report.conversion).toBe('approximate')
  expect(report.conversionNote).toContain('power, not magnitude')
  const silentFrame = opened?.values.slice(-bands)
  expect(silentFrame?.every((value) => value === Math.fround(Math.log(1e-5)))).toBe(true)
})

test('filters of height 1 become filters of area 2 exactly', () => {
  const plain = melSpectrogram(speechLike(22_050), { ...convention, norm: 'none', floor: 1e-30 })
  const { mel: opened, report } = openArray(plain.values, [frames, bands], {
    override: { values: 'ln', convention: { ...convention, norm: 'none' } },
  })
  expect(report.conversion).toBe('exact')
  expect(largestDifference(opened?.values, values)).toBeLessThan(1e-4)
})

test('a target in log10 gets log10', () => {
  const target = { ...convention, log: 'log10' as const }
  const { mel: opened } = openArray(values, [frames, bands], { target })
  expect(largestDifference(opened?.values, melSpectrogram(speechLike(22_050), target).values)).toBeLessThan(
    1e-5,
  )
})

test('warns of what no speech has', () => {
  const warn = (array: Float32Array, override = {}) =>
    openArray(array, [frames, bands], { override }).report.warnings.join()
  expect(warn(values)).toBe('')
  expect(warn(values.map((value) => value + 9))).toMatch(/above .*, that of a sine at full scale/)
  expect(warn(decibels, { values: 'ln' })).toMatch(/below every floor in use/)
  expect(warn(values.map((value) => value - 8))).toMatch(/far below that of speech/)
  expect(warn(values.map(() => -4))).toMatch(/nearly the same/)
})

const withAt = (index: number, value: number) => values.with(index, value)
test.each([
  ['NaN', 'mel-not-finite', withAt(3 * bands + 7, Number.NaN), [frames, bands], /holds NaN at \[3, 7\]/],
  [
    '-infinity',
    'mel-not-finite',
    withAt(5, Number.NEGATIVE_INFINITY),
    [frames, bands],
    /-infinity at \[0, 5\]/,
  ],
  ['one axis', 'mel-shape', values, [values.length], /only one axis/],
  ['several mels', 'mel-shape', values.slice(0, 4 * 80), [2, 2, 80], /more than one mel/],
  ['another band count', 'mel-bands', values.slice(0, 64 * 9), [64, 9], /has no axis of 80 bands/],
] as const)('refuses %s', (_, code, array, shape, message) => {
  const problem = problemOf(() => openArray(array, shape))
  expect(problem).toMatchObject({ code, file: 'mel.npy', message: expect.stringMatching(message) })
  expect(problem.remedy).toBeTruthy()
})

test('refuses a scalar, audio, a pickle and a file without tensors, each by its own name', () => {
  const code = (bytes: Uint8Array<ArrayBuffer>) => problemOf(() => open(bytes)).code
  expect(code(fixtureBytes(files.scalar))).toBe('mel-shape')
  expect(code(new TextEncoder().encode('fLaC'))).toBe('mel-is-audio')
  expect(code(fixtureBytes(files['pickle 4']))).toBe('pickle')
  expect(code(safetensorsFile({}))).toBe('safetensors-empty')
  expect(code(safetensorsFile({ a: { dtype: 'F32', shape: [80, 0], data_offsets: [0, 0] } }))).toBe(
    'mel-shape',
  )
})

test('refuses settings and statistics that cannot be', () => {
  const code = (override: MelFileInput['override']) =>
    problemOf(() => openArray(normalised, [frames, bands], { override })).code
  expect(code({ convention: { ...convention, hopSamples: 0 } })).toBe('mel-setting')
  expect(code({ convention: { ...convention, fftSize: 1023 } })).toBe('mel-setting')
  expect(code({ convention: { ...convention, lowHz: 9000 } })).toBe('mel-setting')
  expect(code({ statistics: { mean: [1], deviation: [1] } })).toBe('mel-statistics')
  expect(code({ statistics: { ...statistics, deviation: statistics.mean } })).toBe('mel-statistics')
})
