import fc from 'fast-check'
import { expect, test } from 'vitest'
import files from '../fixtures/audio-files.fixture.json'
import { fixtureBytes } from '../testing/fixture-bytes.ts'
import { probeContainer } from './probe.ts'

const bytesOf = (name: keyof typeof files) => fixtureBytes(files[name])
const names = ['sine.mp3', 'constant-rate.mp3', 'sine.flac', 'vorbis.ogg', 'opus.ogg', 'sine.m4a'] as const

test.each([...names, 'fast-start.m4a'] as const)(
  '%s: format, rate and length equal the encoder’s settings',
  (name) => {
    const { format, sampleRateHz, seconds } = files[name]
    const container = probeContainer(bytesOf(name))
    expect(container).toMatchObject({ format, sampleRateHz, hasAudio: true, cutShort: false })
    // MP3 and AAC pad to whole frames and begin with the coder delay.
    expect(container?.seconds).toBeGreaterThanOrEqual(seconds)
    expect(container?.seconds).toBeLessThan(seconds + 0.16)
  },
)

test('a video without sound is distinguished from one with sound', () => {
  expect(probeContainer(bytesOf('video.mp4'))).toMatchObject({ format: 'm4a', hasAudio: false })
})

test('an unknown container is left to the browser', () => {
  expect(probeContainer(bytesOf('opus.webm'))).toBeUndefined()
  expect(probeContainer(new Uint8Array())).toBeUndefined()
  expect(probeContainer(new Uint8Array(9000).fill(0xff))).toBeUndefined()
})

test('an ID3 tag before the sound is skipped, whatever its length', () => {
  const sound = bytesOf('sine.flac')
  const tagged = new Uint8Array(10 + 20000 + sound.length)
  tagged.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 1, 0x1c, 0x20])
  tagged.set(sound, 20010)
  expect(probeContainer(tagged)).toEqual(probeContainer(sound))
})

test('a file that ends within a part of stated length is reported as truncated', () => {
  for (const name of ['vorbis.ogg', 'opus.ogg', 'sine.m4a', 'fast-start.m4a'] as const) {
    const whole = bytesOf(name)
    for (const share of [0.5, 0.9]) {
      const cut = whole.slice(0, Math.round(whole.length * share))
      expect(probeContainer(cut), `${name} to ${share}`).toMatchObject({ cutShort: true })
    }
  }
})

/** `bytes`, with a count of how often one of them is read by its index. */
function countingReads(bytes: Uint8Array<ArrayBuffer>) {
  const count = { reads: 0 }
  const counted = new Proxy(bytes, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) count.reads++
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { counted, count }
}

test('damaged or not, it reads each byte only a few times on average', () => {
  const damagedOnce = fc.tuple(fc.nat(400), fc.nat(255))
  for (const name of [...names, 'video.mp4'] as const) {
    const whole = bytesOf(name)
    fc.assert(
      fc.property(fc.array(damagedOnce, { maxLength: 6 }), (changes) => {
        const damaged = whole.slice()
        for (const [offset, value] of changes) damaged[offset % whole.length] = value
        const { counted, count } = countingReads(damaged)
        probeContainer(counted)
        expect(count.reads).toBeLessThan(16 * whole.length)
      }),
      { numRuns: 100, seed: 2 },
    )
  }
})

test('a file of nothing but empty boxes is abandoned after the first thousands of them', () => {
  const boxes = new Uint8Array(4e6)
  for (let at = 0; at < boxes.length; at += 8) boxes.set([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65], at)
  boxes.set([0x66, 0x74, 0x79, 0x70], 4)
  const { counted, count } = countingReads(boxes)
  expect(probeContainer(counted)).toMatchObject({ format: 'm4a', hasAudio: true })
  expect(count.reads).toBeLessThan(boxes.length / 8)
})

test('no damage makes it throw', () => {
  for (const name of [...names, 'video.mp4'] as const) {
    const whole = bytesOf(name)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(Math.min(whole.length - 1, 400)), fc.nat(255)), { maxLength: 6 }),
        fc.nat(whole.length),
        (changes, length) => {
          const damaged = whole.slice()
          for (const [offset, value] of changes) damaged[offset] = value
          const container = probeContainer(damaged.subarray(0, length))
          expect(container?.seconds ?? 0).toBeGreaterThanOrEqual(0)
        },
      ),
      { numRuns: 2000, seed: 2 },
    )
  }
})
