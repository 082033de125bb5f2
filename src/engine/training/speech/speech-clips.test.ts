import { expect, test } from 'vitest'
import { problemOf } from '../../../io/testing/problem-of.ts'
import { voiceClip } from '../testing/tiny-training.ts'
import { prepareSpeech } from './speech-clips.ts'
import { splitSpeech } from './validation-set.ts'

const rateHz = 22050
const levelDb = (samples: Float32Array) =>
  10 * Math.log10(samples.reduce((sum, value) => sum + value * value, 0) / samples.length)

test('clips are scaled to one level, but no peak exceeds full scale', () => {
  const loud = voiceClip(4)
  const quiet = { ...loud, samples: loud.samples.map((value) => value * 0.03) }
  const spiky = { ...loud, samples: loud.samples.map((value, n) => (n === 40_000 ? 1 : value * 0.02)) }
  const { clips, notes } = prepareSpeech([loud, quiet, spiky], rateHz)
  expect(notes).toEqual([])
  expect(levelDb(clips[0].samples)).toBeCloseTo(-24, 3)
  expect(levelDb(clips[1].samples)).toBeCloseTo(-24, 3)
  expect(Math.max(...clips[2].samples.map(Math.abs))).toBeCloseTo(0.98, 5)
})

test('irregularities are noted: other sample rates, clipping, silent clips', () => {
  const fast = voiceClip(4, { name: 'fast.wav', sampleRateHz: 44_100 })
  const clipped = voiceClip(4, { name: 'clipped.wav' })
  clipped.samples.fill(1, 1000, 1010).fill(-1, 2000, 2004).fill(1, 3000, 3003)
  const silent = voiceClip(1, { name: 'silent.wav', samples: new Float32Array(22_050) })
  const { clips, notes } = prepareSpeech([fast, clipped, silent], rateHz)
  expect(clips.map(({ name }) => name)).toEqual(['fast.wav', 'clipped.wav'])
  expect(clips[0].samples.length / rateHz).toBeCloseTo(4, 0)
  expect(notes).toEqual([
    'clipped.wav is clipped in 2 places; the model will learn that too.',
    'silent.wav is silent and was left out.',
    'fast.wav was resampled from 44100 Hz to 22050 Hz.',
  ])
})

test('recordings at other sample rates are noted once, however many there are', () => {
  const clips = [44_100, 48_000, 48_000].map((sampleRateHz) => voiceClip(2, { sampleRateHz }))
  expect(prepareSpeech(clips, rateHz).notes).toEqual([
    '3 recordings were resampled from 44100 Hz, 48000 Hz to 22050 Hz.',
  ])
})

test('silence at the ends is removed', () => {
  const { samples } = voiceClip(4)
  const padded = new Float32Array(10 * rateHz)
  padded.set(samples, 3 * rateHz)
  const { clips } = prepareSpeech([voiceClip(10, { samples: padded })], rateHz)
  expect(clips[0].samples.length / rateHz).toBeLessThan(4.3)
  const short = new Float32Array(10 * rateHz)
  short.set(samples.subarray(0, 2 * rateHz), 3 * rateHz)
  expect(problemOf(() => prepareSpeech([voiceClip(10, { samples: short })], rateHz))).toMatchObject({
    code: 'speech-too-short',
    found: expect.stringMatching(/^[12]\.\d s/),
  })
})

const clipsOf = (...seconds: number[]) =>
  seconds.map((length, index) => ({ name: `${index}`, samples: new Float32Array(length * rateHz) }))
const secondsOf = (clips: readonly { samples: Float32Array }[]) =>
  clips.reduce((sum, { samples }) => sum + samples.length, 0) / rateHz
const split = (clips: ReturnType<typeof clipsOf>, seed = 1) =>
  splitSpeech(clips, { rateHz, cropSamples: 8192, seed })

test('with many clips, a tenth of them are held out as a whole, depending on the seed', () => {
  const clips = clipsOf(...Array.from({ length: 20 }, () => 3))
  const { training, heldOut } = split(clips)
  expect(secondsOf(heldOut)).toBe(6)
  expect([...training, ...heldOut].toSorted((a, b) => Number(a.name) - Number(b.name))).toEqual(clips)
  expect(split(clips).heldOut).toEqual(heldOut)
  const others = [2, 3, 4, 5].map((seed) => split(clips, seed).heldOut.map(({ name }) => name))
  expect(new Set(others.map(String)).size).toBeGreaterThan(1)
})

test('with one clip, its end is held out, with a gap of one crop before it', () => {
  const { training, heldOut } = split(clipsOf(60))
  expect(secondsOf(heldOut)).toBeCloseTo(6, 6)
  expect(secondsOf(training)).toBeCloseTo(54 - 8192 / rateHz, 6)
})

test('of the shortest allowed speech, a second is held out and more remains', () => {
  for (const clips of [clipsOf(3), clipsOf(1, 1, 1), clipsOf(2, 1), clipsOf(0.5, 0.5, 0.5, 0.5, 0.5, 0.5)]) {
    const { training, heldOut } = split(clips)
    expect(secondsOf(heldOut)).toBeGreaterThan(0.24)
    expect(secondsOf(training)).toBeGreaterThan(1)
    expect(training.every(({ samples }) => samples.length > 0)).toBe(true)
  }
})
