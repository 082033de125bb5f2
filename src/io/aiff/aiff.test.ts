import { expect, test } from 'vitest'
import files from '../fixtures/aiff-files.fixture.json'
import { fixtureBytes } from '../testing/fixture-bytes.ts'
import { problemOf } from '../testing/problem-of.ts'
import { decodeAiff, refuseLongAiff } from './aiff-reader.ts'
import { isAiff } from './is-aiff.ts'

const whole = () => fixtureBytes(files.PCM_16)
const view = (bytes: Uint8Array<ArrayBuffer>) => new DataView(bytes.buffer)

test.each(Object.entries(files))('reads what libsndfile writes: %s', (_, file) => {
  const bytes = fixtureBytes(file)
  expect(isAiff(bytes)).toBe(true)
  const { samples, sampleRateHz, channels } = decodeAiff(bytes, 'a.aiff', { channel: 0 })
  expect({ sampleRateHz, channels: channels.count }).toEqual({
    sampleRateHz: file.sampleRateHz,
    channels: file.channels,
  })
  expect([...samples]).toEqual(file.values)
})

test('mixes the channels by default', () => {
  // The second channel is the negative half of the first.
  const { samples } = decodeAiff(whole(), 'a.aiff')
  const expected = files.PCM_16.values.map((value) => value / 4)
  expect(Math.max(...samples.map((sample, i) => Math.abs(sample - expected[i])))).toBeLessThan(2 / 32768)
})

// libsndfile writes COMM first: the channels are at byte 20, the bits of a sample at 26, the mantissa of the rate at 30.
// The size of SSND is at byte 42; its first 8 bytes are no samples.
test.each([
  ['a COMM chunk that is cut', whole().subarray(0, 30), 'aiff-no-comm'],
  ['no samples chunk', whole().subarray(0, 40), 'aiff-no-ssnd'],
  ['0 channels', changed((bytes) => view(bytes).setUint16(20, 0)), 'aiff-format'],
  ['64 bits', changed((bytes) => view(bytes).setUint16(26, 64)), 'aiff-format'],
  ['0 Hz', changed((bytes) => view(bytes).setUint32(30, 0)), 'aiff-format'],
  ['0 samples', changed((bytes) => view(bytes).setUint32(42, 8)), 'audio-no-samples'],
] as const)('refuses %s', (_, bytes, code) => {
  expect(problemOf(() => decodeAiff(bytes.slice(), 'a.aiff'))).toMatchObject({ code, file: 'a.aiff' })
})

test('names a codec that it does not read, with the command that converts the file', () => {
  const bytes = fixtureBytes(files.ALAW)
  const text = String.fromCharCode(...bytes)
  for (const [i, character] of [...'ima4'].entries())
    bytes[text.indexOf('alaw') + i] = character.charCodeAt(0)
  expect(problemOf(() => decodeAiff(bytes, "it's.aifc"))).toMatchObject({
    code: 'aiff-codec',
    found: 'codec ima4 (COMM)',
    remedy: `Convert it to WAV: ffmpeg -i './it'\\''s.aifc' -c:a pcm_s16le out.wav`,
  })
})

test('an hour is refused by its first bytes', () => {
  const head = whole().slice(0, 60)
  const hour = 3600 * 22050 * 4
  const bytes = head.slice()
  const at = String.fromCharCode(...bytes).indexOf('SSND')
  view(bytes).setUint32(at + 4, hour + 8)
  expect(problemOf(() => refuseLongAiff(bytes, hour + 54, 'a.aiff'))).toMatchObject({
    code: 'audio-too-long',
  })
  expect(() => refuseLongAiff(head, whole().length, 'a.aiff')).not.toThrow()
})

function changed(change: (bytes: Uint8Array<ArrayBuffer>) => void): Uint8Array<ArrayBuffer> {
  const bytes = whole()
  change(bytes)
  return bytes
}
