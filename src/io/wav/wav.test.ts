import { expect, test } from 'vitest'
import files from '../fixtures/wav-files.fixture.json'
import { fixtureBytes } from '../testing/fixture-bytes.ts'
import { problemOf } from '../testing/problem-of.ts'
import { chunk, riff, wavFormat } from '../testing/wav-file.ts'
import { decodeWav, refuseLongWav } from './wav-reader.ts'
import { encodeWav } from './wav-writer.ts'

const read = (bytes: Uint8Array<ArrayBuffer>) => decodeWav(bytes, 'a.wav', { channel: 0 })
const readable = Object.entries(files).flatMap(([name, file]) =>
  'values' in file ? [[name, file] as const] : [],
)

test.each(readable)('reads what libsndfile and sox write: %s', (_, file) => {
  const { sampleRateHz, channels, samples } = read(fixtureBytes(file))
  expect({ sampleRateHz, channels: channels.count }).toEqual({
    sampleRateHz: file.sampleRateHz,
    channels: file.channels,
  })
  expect([...samples]).toEqual(file.values)
})

const format = wavFormat({})
const pcm16 = (...values: number[]) => new Uint8Array(Int16Array.from(values).buffer)
const data = chunk('data', pcm16(0x4000, -0x8000))
const two = Float32Array.of(0.5, -1)

test.each([
  ['odd chunks before the data', riff(format, chunk('LIST', new Uint8Array(3)), data)],
  ['an odd chunk without padding', riff(format, chunk('junk', new Uint8Array(3)).slice(0, -1), data)],
  ['data before the format', riff(data, format)],
  ['a size of zero, left by a stream', riff(format, chunk('data', pcm16(0x4000, -0x8000), 0))],
  ['a size of all ones', riff(format, chunk('data', pcm16(0x4000, -0x8000), 0xffffffff))],
  ['a size beyond the end', riff(format, chunk('data', pcm16(0x4000, -0x8000), 1000))],
  ['half a frame at the end', riff(format, chunk('data', Uint8Array.of(...pcm16(0x4000, -0x8000), 1)))],
  ['chunks after the data', riff(format, data, chunk('LIST', new Uint8Array(3)))],
  ['a frame size of zero', riff(wavFormat({ frameBytes: 0 }), data)],
  ['a frame size wider than any sample', riff(wavFormat({ frameBytes: 8 }), data)],
])('reads a file with %s', (_, bytes) => {
  expect(read(bytes).samples).toEqual(two)
})

test('reads 20 bits in the high bits of three bytes, and of four', () => {
  const three = riff(
    wavFormat({ bits: 20, frameBytes: 3 }),
    chunk('data', Uint8Array.of(0, 0, 0x40, 0, 0, 0x80)),
  )
  const four = riff(
    wavFormat({ bits: 20, frameBytes: 4 }),
    chunk('data', Uint8Array.of(0, 0, 0, 0x40, 0, 0, 0, 0x80)),
  )
  expect(read(three).samples).toEqual(two)
  expect(read(four).samples).toEqual(two)
})

test.each([1, 8000, 11025, 44100, 384_000])('keeps a sample rate of %d Hz', (rateHz) => {
  expect(read(riff(wavFormat({ rateHz }), data)).sampleRateHz).toBe(rateHz)
})

const refused: [what: string, code: string, bytes: Uint8Array<ArrayBuffer>, message: RegExp][] = [
  ['an empty file', 'wav-not-wav', new Uint8Array(), /is empty: not a WAV file/],
  ['another file', 'wav-not-wav', new Uint8Array(100), /is not a WAV file/],
  ['no fmt chunk', 'wav-no-fmt', riff(data), /no fmt chunk/],
  ['no data chunk', 'wav-no-data', riff(format), /no data chunk/],
  [
    'a short fmt chunk',
    'wav-fmt',
    riff(chunk('fmt ', new Uint8Array(8)), data),
    /fmt chunk that is too short/,
  ],
  ['0 channels', 'wav-channels', riff(wavFormat({ channels: 0 }), data), /0 channels/],
  ['0 Hz', 'wav-rate', riff(wavFormat({ rateHz: 0 }), data), /sample rate of 0 Hz/],
  ['4 bits', 'wav-bits', riff(wavFormat({ bits: 4 }), data), /PCM samples of 4 bits/],
  ['floats of 16 bits', 'wav-bits', riff(wavFormat({ codec: 3 }), data), /float samples of 16 bits/],
  ['an unknown codec', 'wav-codec', riff(wavFormat({ codec: 0x1234 }), data), /compressed/],
  ['GSM 6.10', 'wav-codec', riff(wavFormat({ codec: 0x31 }), data), /compressed/],
  ['ADPCM', 'wav-codec', fixtureBytes(files['ms-adpcm']), /compressed/],
  ['0 samples', 'audio-no-samples', riff(format, chunk('data', new Uint8Array())), /holds 0 samples/],
  [
    '0 samples and a chunk after them',
    'audio-no-samples',
    riff(format, chunk('data', new Uint8Array()), chunk('LIST', new Uint8Array(4))),
    /holds 0 samples/,
  ],
  [
    'more than 10 minutes',
    'audio-too-long',
    riff(wavFormat({ rateHz: 10 }), chunk('data', new Uint8Array(12_002))),
    /longer than 10 minutes/,
  ],
  [
    'NaN',
    'audio-not-finite',
    riff(
      wavFormat({ codec: 3, bits: 32 }),
      chunk('data', new Uint8Array(Float32Array.of(0, Number.NaN).buffer)),
    ),
    /holds NaN at sample 1/,
  ],
]

test.each(refused)('refuses %s: %s', (_, code, bytes, message) => {
  const problem = problemOf(() => read(bytes))
  expect(problem).toMatchObject({ code, file: 'a.wav', message: expect.stringMatching(message) })
  expect(problem.message).toMatch(/^a\.wav .*\.$/)
  expect(problem.remedy).toBeTruthy()
})

test('reads ten minutes to the sample', () => {
  const tenMinutes = riff(wavFormat({ rateHz: 10 }), chunk('data', new Uint8Array(12_000)))
  expect(read(tenMinutes).samples).toHaveLength(6000)
})

test('names the codec in the refusal, with the command that converts the file', () => {
  expect(problemOf(() => read(riff(wavFormat({ codec: 0x31 }), data)))).toMatchObject({
    found: expect.stringContaining('GSM 6.10'),
    remedy: 'Convert it to WAV: ffmpeg -i a.wav -c:a pcm_s16le out.wav',
  })
})

test('mixes the channels by default', () => {
  // The second channel is the negative half of the first.
  const stereo = files['WAV PCM_16']
  const { samples, channels } = decodeWav(fixtureBytes(stereo), 'a.wav')
  expect(channels).toEqual({ count: 2, used: [0, 1], differ: false })
  const expected = stereo.values.map((value) => value / 4)
  expect(Math.max(...samples.map((sample, i) => Math.abs(sample - expected[i])))).toBeLessThan(2 / 32768)
})

test('says how much of a file is missing, but not where a stream did not know its length', () => {
  const missing = (stated: number) =>
    read(riff(wavFormat({ rateHz: 1000 }), chunk('data', new Uint8Array(400), stated))).missingSeconds
  expect(missing(1400)).toBeCloseTo(0.5, 12)
  expect(missing(400)).toBeUndefined()
  expect(missing(408)).toBeUndefined()
  for (const unknown of [0x7fffffff, 0x7ffff000, 0xffffffff]) expect(missing(unknown)).toBeUndefined()
})

test('an hour is refused by its first bytes, and a file that they do not describe is left alone', () => {
  const hour = 3600 * 44100 * 2
  const head = riff(wavFormat({ rateHz: 44100 }), chunk('data', new Uint8Array(100), hour))
  expect(problemOf(() => refuseLongWav(head, hour + 44, 'a.wav'))).toMatchObject({ code: 'audio-too-long' })
  // The data cannot be longer than the file.
  expect(() => refuseLongWav(head, head.length, 'a.wav')).not.toThrow()
  expect(() => refuseLongWav(head.slice(0, 20), hour, 'a.wav')).not.toThrow()
})

const sine = Float32Array.from({ length: 1001 }, (_, i) => 0.99 * Math.sin(i / 7))

test.each([
  ['pcm16', 2 ** -16],
  ['pcm24', 2 ** -24],
  ['float32', 0],
] as const)('reads back what was written as %s within half a step', (encoding, halfStep) => {
  const { sampleRateHz, channels, samples } = read(encodeWav(sine, 22050, encoding))
  expect([sampleRateHz, channels.count, samples.length]).toEqual([22050, 1, 1001])
  const error = samples.map((sample, i) => Math.abs(sample - sine[i]))
  expect(Math.max(...error)).toBeLessThanOrEqual(halfStep * 1.01)
})

test.each(['pcm16', 'pcm24'] as const)(
  'a file of integers is the same after reading and writing: %s',
  (encoding) => {
    const first = encodeWav(sine, 48_000, encoding)
    expect(encodeWav(read(first).samples, 48_000, encoding)).toEqual(first)
  },
)

test('integers clip at full scale, floats do not', () => {
  const loud = Float32Array.of(2, -2)
  expect([...read(encodeWav(loud, 8000, 'pcm16')).samples]).toEqual([0x7fff / 0x8000, -1])
  expect([...read(encodeWav(loud, 8000, 'pcm24')).samples]).toEqual([0x7fffff / 0x800000, -1])
  expect([...read(encodeWav(loud, 8000, 'float32')).samples]).toEqual([2, -2])
})

test('writes the same header as libsndfile for 16 bits', () => {
  const header = encodeWav(new Float32Array(3), 22050, 'pcm16').slice(0, 44)
  const expected = [
    ...[0x52, 0x49, 0x46, 0x46, 42, 0, 0, 0, 0x57, 0x41, 0x56, 0x45],
    ...[0x66, 0x6d, 0x74, 0x20, 16, 0, 0, 0, 1, 0, 1, 0, 0x22, 0x56, 0, 0, 0x44, 0xac, 0, 0, 2, 0, 16, 0],
    ...[0x64, 0x61, 0x74, 0x61, 6, 0, 0, 0],
  ]
  expect([...header]).toEqual(expected)
})

test('an odd number of bytes is padded, and the padding counts in the file but not in the data', () => {
  const bytes = encodeWav(Float32Array.of(0.5), 8000, 'pcm24')
  const view = new DataView(bytes.buffer)
  expect(bytes).toHaveLength(44 + 3 + 1)
  expect([view.getUint32(4, true), view.getUint32(40, true)]).toEqual([bytes.length - 8, 3])
})
