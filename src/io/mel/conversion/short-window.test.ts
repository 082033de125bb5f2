import { expect, test } from 'vitest'
import { hifiGanConvention } from '../../../dsp/mel/hifi-gan-convention.ts'
import { melSpectrogram } from '../../../dsp/mel/mel.ts'
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import { syntheticVoice } from '../../../dsp/testing/synthetic-voice.ts'
import { meanDifference, openArray } from '../../testing/opened-mel.ts'
import { ln } from '../producers/profile.ts'
import { averagedInTime, frequencyResolver, isShort, smoothingSeconds } from './short-window.ts'

const short = { windowSamples: 1024, sampleRateHz: 48_000 }
const long = { windowSamples: 1024, sampleRateHz: 22_050 }
const hzPerBin = 22_050 / 1024

/** |sum of w(t) cos(2 pi f t)| of a Hann window, by summing, 1 at 0 Hz: the spectrum of a sine, from its own frequency. */
function hannMagnitude(hz: number, seconds: number): number {
  const points = 2000
  let [sum, total] = [0, 0]
  for (let i = 0; i < points; i++) {
    const t = ((i + 0.5) / points - 0.5) * seconds
    const weight = Math.cos((Math.PI * t) / seconds) ** 2
    sum += weight * Math.cos(2 * Math.PI * hz * t)
    total += weight
  }
  return Math.abs(sum / total)
}

const sines = (bins: readonly number[], { windowSamples, sampleRateHz }: typeof short) =>
  Float64Array.from({ length: 120 }, (_, bin) =>
    Math.hypot(...bins.map((sine) => hannMagnitude((bin - sine) * hzPerBin, windowSamples / sampleRateHz))),
  )

test('two harmonics that a short window joins are told apart as by the longer one, at their level', () => {
  const [before, wanted] = [sines([40, 49], short), sines([40, 49], long)]
  const found = before.slice()
  frequencyResolver(short, long, found.length, hzPerBin)(found)
  const error = (spectrum: Float64Array) =>
    spectrum.reduce((sum, value, bin) => sum + (value - wanted[bin]) ** 2, 0) / wanted.length
  expect(error(found)).toBeLessThan(0.2 * error(before))
  for (const bin of [40, 49]) expect(20 * Math.log10(found[bin])).toBeGreaterThan(-2)
})

test('silence stays silent, and every value finite', () => {
  const spectrum = new Float64Array(64)
  frequencyResolver(short, long, 64, hzPerBin)(spectrum)
  expect(spectrum.every((value) => value === 0)).toBe(true)
})

test('the power of a click is spread in time as by the longer window', () => {
  const hopSeconds = 0.001
  const frames = 81
  // The frames of a click at frame 40 hold the window at their distance from it.
  const click = ({ windowSamples, sampleRateHz }: typeof short) =>
    Float32Array.from({ length: frames }, (_, frame) => {
      const x = Math.min(0.5, (Math.abs(frame - 40) * hopSeconds * sampleRateHz) / windowSamples)
      return Math.log(Math.max(1e-6, Math.cos(Math.PI * x) ** 2))
    })
  const mel = { frames, bands: 1, values: click(short) }
  const deviation = smoothingSeconds(short, long) / hopSeconds
  const { values } = averagedInTime(mel, { frames, positionOf: (frame) => frame, deviation })
  const shares = (array: Float32Array) => {
    const power = Array.from(array, (value) => Math.exp(2 * value))
    const total = power.reduce((sum, value) => sum + value)
    return power.map((value) => value / total)
  }
  const wanted = shares(click(long))
  const largest = Math.max(...wanted)
  for (const [frame, share] of shares(values).entries())
    expect(Math.abs(share - wanted[frame])).toBeLessThan(0.06 * largest)
})

test('windows of nearly the same length are left alone', () => {
  expect(isShort({ windowSamples: 1024, sampleRateHz: 24_000 }, long)).toBe(false)
  expect(isShort(short, long)).toBe(true)
})

const voiceAt = (sampleRateHz: number) =>
  Float32Array.from(syntheticVoice({ samples: sampleRateHz, sampleRateHz }))

async function converted(source: MelConvention) {
  const made = melSpectrogram(voiceAt(source.sampleRateHz), source)
  const override = { values: ln.magnitude, convention: source, framing: 'padded', bandAxis: 1 } as const
  const { mel } = await openArray(made.values, [made.frames, made.bands], { override })
  if (!mel) throw new Error('no mel')
  return mel
}

test('a mel of 48 kHz with a window of 21 ms comes close to the native one', async () => {
  const mel = await converted({ ...hifiGanConvention, sampleRateHz: 48_000 })
  const native = melSpectrogram(voiceAt(22_050), hifiGanConvention)
  const length = Math.min(mel.values.length, native.values.length)
  expect(meanDifference(mel.values.subarray(0, length), native.values.subarray(0, length))).toBeLessThan(0.4)
})

test('hops that are far apart leave no gap', async () => {
  const mel = await converted({ ...hifiGanConvention, sampleRateHz: 48_000, hopSamples: 20_000 })
  expect(mel.values.every(Number.isFinite)).toBe(true)
})
