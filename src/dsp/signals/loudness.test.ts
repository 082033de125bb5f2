import { expect, test } from 'vitest'
import { integratedLoudness } from './loudness.ts'

/** Segments of a 997 Hz sine in sequence: seconds and peak level in dB full scale. */
function tones(
  rateHz: number,
  pieces: readonly (readonly [seconds: number, peakDb: number])[],
): Float32Array {
  const samples = new Float32Array(pieces.reduce((sum, [seconds]) => sum + Math.round(seconds * rateHz), 0))
  let n = 0
  for (const [seconds, peakDb] of pieces) {
    const end = n + Math.round(seconds * rateHz)
    for (; n < end; n++) samples[n] = 10 ** (peakDb / 20) * Math.sin((2 * Math.PI * 997 * n) / rateHz)
  }
  return samples
}

// BS.1770: a 0 dBFS sine of 997 Hz in one channel reads -3.01 LKFS; levels of -6 dB and -23.0 shift the reading alike.
test.each([16000, 22050, 44100, 48000, 96000])(
  'a full-scale 997 Hz sine at %i Hz is -3.01 LUFS',
  (rateHz) => {
    expect(integratedLoudness(tones(rateHz, [[1, 0]]), rateHz)).toBeCloseTo(-3.01, 1)
    expect(integratedLoudness(tones(rateHz, [[1, -20]]), rateHz)).toBeCloseTo(-23.01, 1)
  },
)

test('the weighting at 48 kHz is that of the published coefficients', () => {
  // BS.1770-4, tables 1 and 2, evaluated at the frequency.
  const response = (hz: number) => {
    const level = (b: number[], a: number[]) => {
      const at = (coefficients: number[]) => {
        const angle = (2 * Math.PI * hz) / 48000
        const re = coefficients.reduce((sum, value, n) => sum + value * Math.cos(n * angle), 0)
        const im = coefficients.reduce((sum, value, n) => sum - value * Math.sin(n * angle), 0)
        return 20 * Math.log10(Math.hypot(re, im))
      }
      return at(b) - at(a)
    }
    return (
      level(
        [1.53512485958697, -2.69169618940638, 1.19839281085285],
        [1, -1.69065929318241, 0.73248077421585],
      ) + level([1, -2, 1], [1, -1.99004745483398, 0.99007225036621])
    )
  }
  for (const hz of [25, 60, 200, 1000, 2000, 6000, 15000]) {
    const samples = Float64Array.from({ length: 5 * 48000 }, (_, n) =>
      Math.sin((2 * Math.PI * hz * n) / 48000),
    )
    expect(integratedLoudness(samples, 48000)).toBeCloseTo(-0.691 - 3.0103 + response(hz), 1)
  }
})

// Based on cases 3 to 5 of EBU Tech 3341, shortened, and in one channel, which reads 3.01 LU below its peak level.
test.each([
  [
    'a quieter beginning and end are below the relative gate',
    [
      [5, -36],
      [20, -23],
      [5, -36],
    ],
  ],
  [
    'parts below the absolute gate do not count',
    [
      [5, -72],
      [5, -36],
      [20, -23],
      [5, -36],
      [5, -72],
    ],
  ],
  [
    'parts within 10 LU count',
    [
      [10, -26],
      [10.05, -20],
      [10, -26],
    ],
  ],
] as const)('gating: %s', (_name, pieces) => {
  const loudness = integratedLoudness(tones(8000, pieces), 8000)
  expect(Math.abs(loudness + 26.01)).toBeLessThan(0.15)
})

// A half of 0 dB and one d dB below it have a mean of 10 log10((1 + 10^(-d / 10)) / 2): -2.74 at 12 dB, -2.82 at 13.5 dB.
test.each([
  ['12 dB softer is 9.3 LU below the mean, and counts', -32, -23.01 - 2.74],
  ['13.5 dB softer is 10.7 LU below the mean, and does not', -33.5, -23.01],
] as const)('the relative gate lies 10 LU below the mean: a half that is %s', (_name, softerDb, expected) => {
  const pieces = [
    [10, -20],
    [10, softerDb],
  ] as const
  expect(Math.abs(integratedLoudness(tones(8000, pieces), 8000) - expected)).toBeLessThan(0.15)
})

test('blocks of 400 ms begin every 100 ms', () => {
  // Five blocks contain 1/2, 3/4, all, 3/4 and 1/2 of the 400 ms of tone after 200 ms of silence: 0.7 on average.
  const loudness = integratedLoudness(
    tones(48000, [
      [0.2, -200],
      [0.4, 0],
      [0.2, -200],
    ]),
    48000,
  )
  expect(loudness).toBeCloseTo(-3.01 + 10 * Math.log10(0.7), 1)
})

test('silence, or a signal entirely below -70 LUFS, has no loudness', () => {
  expect(integratedLoudness(new Float32Array(22050), 22050)).toBe(Number.NEGATIVE_INFINITY)
  expect(integratedLoudness(tones(22050, [[2, -75]]), 22050)).toBe(Number.NEGATIVE_INFINITY)
  expect(integratedLoudness(new Float32Array(0), 22050)).toBe(Number.NEGATIVE_INFINITY)
})

test('a clip shorter than a block is measured as one', () => {
  expect(integratedLoudness(tones(22050, [[0.25, -20]]), 22050)).toBeCloseTo(-23, 0)
})
