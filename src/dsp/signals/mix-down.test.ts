import { expect, test } from 'vitest'
import { mixDown } from './mix-down.ts'

const sine = (amplitude: number, phase = 0) =>
  Float32Array.from({ length: 400 }, (_, i) => amplitude * Math.sin(i / 7 + phase))
const silence = sine(0)
const of = (channels: readonly Float32Array[]) => ({
  channels: channels.length,
  frames: channels[0].length,
  read: (frame: number, channel: number) => channels[channel][frame],
})

test('channels of similar level are averaged', () => {
  const { samples, report } = mixDown(of([sine(0.5), sine(0.3)]))
  expect(report).toEqual({ count: 2, used: [0, 1], differ: false })
  const mean = sine(0.4)
  expect(samples.every((sample, i) => Math.abs(sample - mean[i]) < 1e-6)).toBe(true)
})

test.each([
  ['only the right of two', [silence, sine(0.5)], 1],
  ['only the centre of six', [silence, silence, sine(0.5), silence, silence, silence], 2],
  ['all but a crosstalk of -26 dB', [sine(0.5), sine(0.025, 1)], 0],
])('keeps the level of a recording on %s', (_, channels, used) => {
  const { samples, report } = mixDown(of(channels))
  expect(report).toEqual({ count: channels.length, used: [used], differ: true })
  expect(samples).toEqual(channels[used])
})

test('channels of opposite sign do not cancel', () => {
  const { samples, report } = mixDown(of([sine(0.5), sine(-0.49)]))
  expect(report).toEqual({ count: 2, used: [0], differ: true })
  expect(samples).toEqual(sine(0.5))
})

test('a chosen channel is used alone, and one that does not exist is not', () => {
  const channels = of([sine(0.5), sine(0.4)])
  expect(mixDown(channels, 1)).toEqual({
    samples: sine(0.4),
    report: { count: 2, used: [1], differ: true },
  })
  expect(mixDown(channels, 2).report.used).toEqual([0, 1])
})

test('silent channels are all mixed to silence, and a single channel stays as it is', () => {
  expect(mixDown(of([silence, silence])).report).toEqual({ count: 2, used: [0, 1], differ: false })
  expect(mixDown(of([sine(0.5)]))).toEqual({
    samples: sine(0.5),
    report: { count: 1, used: [0], differ: false },
  })
})

test('a sample that is not finite reaches the result', () => {
  const damaged = sine(0.5)
  damaged[3] = Number.NaN
  expect(mixDown(of([damaged, sine(0.5)])).samples[3]).toBeNaN()
})
