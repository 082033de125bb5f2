import { expect, test } from 'vitest'
import { hifiGanConvention as convention } from '../../dsp/mel/hifi-gan-convention.ts'
import files from '../fixtures/numpy-files.fixture.json'
import { writeNpy } from '../npy/npy-writer.ts'
import { fixtureBytes } from '../testing/fixture-bytes.ts'
import {
  bands,
  bandsFirst,
  expectSameMel,
  frames,
  maxDifference,
  open,
  openArray,
  textFile,
  transposed,
  values,
} from '../testing/opened-mel.ts'
import { rejectionOf } from '../testing/problem-of.ts'
import { producerConfigs } from '../testing/producer-configs.ts'
import { safetensorsFile } from '../testing/safetensors-file.ts'
import { zipFile } from '../testing/zip-file.ts'
import type { MelFileInput } from './open-mel.ts'

test.each([
  ['Tacotron 2: [80, T]', bandsFirst, [bands, frames]],
  ['Tacotron 2: [1, 80, T]', bandsFirst, [1, bands, frames]],
  ['FastSpeech 2: [T, 80]', values, [frames, bands]],
  ['with an axis at the end: [T, 80, 1]', values, [frames, bands, 1]],
] as const)('uses the mel unchanged from %s', async (_, array, shape) => {
  const { mel: opened, report } = await openArray(array, shape)
  expectSameMel(opened)
  expect(report).toMatchObject({ conversion: 'none', conversionNote: '', warnings: [], shape })
  expect(report.recognisedAs).toMatch(
    /^natural logarithm of magnitude \(.*HiFi-GAN.*\): values from -11.5 to/,
  )
  expect(report.assumed).toEqual([
    expect.stringMatching(/^The scale is judged by its numbers, 9\d % sure/),
    'Assumed, because an array does not show it: 22050 Hz, hop 256, window 1024, FFT 1024, ' +
      'bands from 0 to 8000 Hz, Slaney scale, as in the model.',
  ])
  expect(report.question).toBeUndefined()
})

// Each scale is computed as in its producer's preprocessing, from magnitudes.
const magnitudes = values.map(Math.exp)
const decibels = magnitudes.map((x) => 20 * Math.log10(Math.max(x, 1e-5)))
test.each([
  ['log10', magnitudes.map((x) => Math.log10(x))],
  ['db', decibels],
] as const)('converts %s exactly', async (unit, array) => {
  const { mel: opened, report } = await openArray(array, [frames, bands])
  expect(report.reading.values).toEqual({ unit, of: 'magnitude' })
  expect(report.conversion).toBe('exact')
  expect(report.conversionNote).toContain('to natural logarithm of magnitude')
  expect(maxDifference(opened?.values, values)).toBeLessThan(1e-5)
})

test("converts coqui's symmetric scale exactly, down to its floor of -80 dB", async () => {
  const symmetric = decibels.map((db) => Math.max(-4, Math.min(4, 8 * ((db - 20 + 100) / 100) - 4)))
  const shape = [frames, bands]
  expect((await openArray(symmetric, shape)).report.candidates?.map(({ name }) => name)).toEqual([
    expect.stringContaining('stored as −4..4'),
    expect.stringContaining('stored as −4..4'),
  ])
  const producerFiles = [textFile('config.json', producerConfigs.coqui)]
  const { mel: opened, report } = await openArray(symmetric, shape, { producerFiles })
  expect(report).toMatchObject({ conversion: 'exact', reading: { values: { unit: 'db' } } })
  const expected = values.map((value) => Math.max(value, Math.log(1e-4)))
  expect(maxDifference(opened?.values, expected)).toBeLessThan(1e-5)
})

test.each([1e-9, 1e-10])('raises a lower floor, %d, to the model’s', async (floor) => {
  const deep = magnitudes.map((x) => Math.log(x <= 1.0001e-5 ? floor : x))
  const { mel: opened, report } = await openArray(deep, [frames, bands])
  expect(report.conversion).toBe('exact')
  expect(report.conversionNote).toMatch(/\d+ % of its values raised to the floor of 1e-5/)
  expect(maxDifference(opened?.values, values)).toBeLessThan(1e-4)
})

test('log10 with a floor of 1e-10 is distinguished from natural logarithms', async () => {
  const deep = magnitudes.map((x) => Math.log10(x <= 1.0001e-5 ? 1e-10 : x))
  expect((await openArray(deep, [frames, bands])).report.reading.values.unit).toBe('log10')
})

test('float16 and Fortran order do not affect recognition', async () => {
  const { report } = await open(
    safetensorsFile(
      { mel: { dtype: 'F16', shape: [80, 2], data_offsets: [0, 320] } },
      new Uint8Array(Uint16Array.from({ length: 160 }, (_, i) => (i % 3 ? 0xc9c2 : 0xb800)).buffer),
    ),
  )
  expect(report.reading).toMatchObject({ values: { unit: 'ln' }, bandAxis: 0 })
  expect(report.conversion).toBe('none')
})

test('a mel that never reaches its floor is judged by its range, and the report says so', async () => {
  const loud = values.map((value, i) => Math.max(value, -8.3 + 0.1 * Math.sin(i)))
  expect((await openArray(loud, [frames, bands])).report).toMatchObject({
    reading: { values: { unit: 'ln' } },
  })
  const decades = loud.map((value) => value / Math.LN10)
  const { report } = await openArray(decades, [frames, bands])
  expect(report.reading.values.unit).toBe('log10')
})

const normalised = values.map((value, i) => (value / Math.LN10 + 2 + (i % bands) / 100) / 1.2)
const statistics = {
  mean: Array.from({ length: bands }, (_, band) => -2 - band / 100),
  deviation: new Array<number>(bands).fill(1.2),
}

test('asks for the statistics of normalised values, and applies them', async () => {
  const asked = await openArray(normalised, [frames, bands])
  expect(asked.mel).toBeUndefined()
  expect(asked.report.question).toMatch(/Which mean and deviation were taken out/)
  const values10 = { unit: 'log10', of: 'magnitude' } as const
  const override = { values: { ...values10, scaling: { kind: 'statistics', statistics } } } as const
  const byOverride = await openArray(normalised, [frames, bands], { override })
  expect(maxDifference(byOverride.mel?.values, values)).toBeLessThan(1e-4)
  const json = textFile(
    'stats.json',
    JSON.stringify({ mean: statistics.mean, std: statistics.deviation, log_base: 10 }),
  )
  const byConfig = await openArray(normalised, [frames, bands], { producerFiles: [json] })
  expectSameMel(byConfig.mel, byOverride.mel)
  expect(byConfig.report.conversion).toBe('exact')
})

test('accepts the statistics that ParallelWaveGAN and ESPnet store, together with a configuration', async () => {
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
    const { mel: opened, report } = await openArray(normalised, [frames, bands], { producerFiles })
    expect(maxDifference(opened?.values, values)).toBeLessThan(1e-3)
    expect(report.assumed.join()).not.toContain('hop')
  }
})

test('files that are not statistics are refused by name', async () => {
  const other = { name: 'other.npy', bytes: writeNpy(bandsFirst, [bands, frames]) }
  expect(await rejectionOf(openArray(values, [frames, bands], { producerFiles: [other] }))).toMatchObject({
    code: 'config-statistics',
    file: 'other.npy',
    found: `shape [${bands}, ${frames}]`,
  })
})

test('with eighty frames, the axis that varies more holds the bands; if both vary alike, it asks', async () => {
  const square = { frames: 80, values: values.slice(0, 80 * 80) }
  const rows = await openArray(square.values, [80, 80])
  expect(rows.report.reading.bandAxis).toBe(1)
  expect(rows.report.assumed[0]).toMatch(/Both axes have 80 values/)
  expectSameMel((await openArray(transposed(square.values, 80, 80), [80, 80])).mel, rows.mel)
  const alike = Float32Array.from(
    { length: 6400 },
    (_, i) => -11.5129 + ((i % 80) * Math.floor(i / 80)) / 1000,
  )
  const asked = await openArray(alike, [80, 80])
  expect(asked.mel).toBeUndefined()
  expect(asked.report.question).toMatch(/which one holds the bands/)
  const answered = await openArray(alike, [80, 80], { override: { bandAxis: 1 } })
  expect(maxDifference(answered.mel?.values, alike)).toBe(0)
})

test('finds the mel in an npz, a safetensors file and JSON, and says which it took', async () => {
  const npz = zipFile({
    'f0.npy': writeNpy(values, [values.length]),
    'out.npy': writeNpy(bandsFirst, [80, frames]),
  })
  const fromNpz = await open(npz)
  expectSameMel(fromNpz.mel)
  expect(fromNpz.report.assumed[0]).toBe('"out" of its 2 arrays holds the mel.')
  const data = new Uint8Array(values.buffer)
  const header = { mel: { dtype: 'F32', shape: [frames, bands], data_offsets: [0, data.length] } }
  expectSameMel((await open(safetensorsFile(header, data))).mel)
  const rows = Array.from({ length: frames }, (_, frame) => [
    ...values.subarray(frame * bands, (frame + 1) * bands),
  ])
  expectSameMel((await open(new TextEncoder().encode(JSON.stringify({ mel: [rows] })))).mel)
})

test('warns of values that are implausible for speech', async () => {
  const warn = async (array: Float32Array, override = {}) =>
    (await openArray(array, [frames, bands], { override })).report.warnings.join()
  const ln = { values: { unit: 'ln', of: 'magnitude' } }
  expect(await warn(values)).toBe('')
  expect(
    await warn(
      values.map((value) => value + 9),
      ln,
    ),
  ).toMatch(/above .*, that of a full-scale sine/)
  expect(await warn(decibels, ln)).toMatch(/below every floor in use/)
  expect(
    await warn(
      values.map((value) => value - 8),
      ln,
    ),
  ).toMatch(/far below that of speech/)
  expect(
    await warn(
      values.map(() => -4),
      ln,
    ),
  ).toMatch(/nearly equal/)
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
  ['no axis that can hold bands', 'mel-bands', values.slice(0, 12 * 9), [12, 9], /has no axis of 80 bands/],
] as const)('refuses %s', async (_, code, array, shape, message) => {
  const problem = await rejectionOf(openArray(array, shape))
  expect(problem).toMatchObject({ code, file: 'mel.npy', message: expect.stringMatching(message) })
  expect(problem.remedy).toBeTruthy()
})

test('refuses a scalar, audio, a pickle and a file without tensors, each with its own code', async () => {
  const code = async (bytes: Uint8Array<ArrayBuffer>) => (await rejectionOf(open(bytes))).code
  expect(await code(fixtureBytes(files.scalar))).toBe('mel-shape')
  expect(await code(new TextEncoder().encode('fLaC'))).toBe('mel-is-audio')
  expect(await code(fixtureBytes(files['pickle 4']))).toBe('pickle')
  expect(await code(safetensorsFile({}))).toBe('safetensors-empty')
  expect(await code(safetensorsFile({ a: { dtype: 'F32', shape: [80, 0], data_offsets: [0, 0] } }))).toBe(
    'mel-shape',
  )
})

test('refuses invalid settings and statistics', async () => {
  const code = async (override: MelFileInput['override']) =>
    (await rejectionOf(openArray(normalised, [frames, bands], { override }))).code
  expect(await code({ convention: { ...convention, hopSamples: 0 } })).toBe('mel-setting')
  expect(await code({ convention: { ...convention, fftSize: 1023 } })).toBe('mel-setting')
  expect(await code({ convention: { ...convention, lowHz: 9000 } })).toBe('mel-setting')
  const by = (mean: number[], deviation: number[]) =>
    code({
      values: {
        unit: 'ln',
        of: 'magnitude',
        scaling: { kind: 'statistics', statistics: { mean, deviation } },
      },
    })
  expect(await by([1, 2], [1, 2])).toBe('mel-statistics')
  expect(await by(statistics.mean, statistics.mean)).toBe('mel-statistics')
})

test('an array that is something else is refused with what it looks like', async () => {
  const refusal = async (shape: readonly [number, number]) => {
    const { code, remedy } = await rejectionOf(
      openArray(new Float32Array(shape[0] * shape[1]).fill(-3), shape),
    )
    expect(code).toBe('mel-bands')
    return remedy
  }
  expect(await refusal([513, 200])).toMatch(/linear spectrogram.*n_fft=1024.* @ magnitudes, 1e-5/)
  expect(await refusal([200, 1025])).toMatch(/n_fft=2048.* @ magnitudes\.T, 1e-5/)
  expect(await refusal([2, 5000])).toMatch(/samples of audio/)
  expect(await refusal([7, 500])).toMatch(/configuration of its producer/)
})

test('values that fit no scale are asked about without candidates, in words that say so', async () => {
  const questionOf = async (array: Float32Array<ArrayBuffer>) => {
    const { mel, report } = await openArray(array, [frames, bands])
    expect(mel).toBeUndefined()
    expect(report.candidates).toBeUndefined()
    return report.question
  }
  expect(await questionOf(new Float32Array(frames * bands).fill(-5))).toMatch(
    /^All its values are -5: there is no speech/,
  )
  expect(await questionOf(values.map((value) => value * 1e6))).toMatch(/^Its values, from -.* fit no scale/)
})
