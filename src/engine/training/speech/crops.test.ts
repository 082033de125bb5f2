import { expect, test } from 'vitest'
import { melSpectrogram } from '../../../dsp/mel/mel.ts'
import { readTinyConfig } from '../../../model/testing/fixtures.ts'
import { voiceClip } from '../testing/tiny-training.ts'
import { drawCrops } from './crops.ts'
import { prepareSpeech } from './speech-clips.ts'

const settings = { seed: 5, batch: 3, cropSamples: 2048 }
const { clips } = prepareSpeech([voiceClip(4), voiceClip(3, { name: 'other.wav' })], 22050)

test('crops have the right shapes, are finite, and depend only on seed and step', async () => {
  const config = await readTinyConfig('patches')
  const crops = drawCrops(clips, config, settings, 7)
  expect(crops).toMatchObject({ batch: 3, frames: 8 })
  expect([crops.audio.length, crops.whitened.length, crops.mel.length]).toEqual([6144, 6144, 3 * 8 * 80])
  for (const values of [crops.audio, crops.whitened, crops.mel])
    expect(values.every((value) => Number.isFinite(value))).toBe(true)
  expect(crops.whitened.every((value) => Math.abs(value) <= 10)).toBe(true)
  expect(drawCrops(clips, config, settings, 7)).toEqual(crops)
  expect(drawCrops(clips, config, settings, 8).audio).not.toEqual(crops.audio)
  expect(drawCrops(clips, config, { ...settings, seed: 6 }, 7).audio).not.toEqual(crops.audio)
})

test('the mel of a crop is that of the recording around it, without edge effects', async () => {
  const config = await readTinyConfig('patches')
  const [{ samples }] = clips
  const crops = drawCrops([clips[0]], config, { ...settings, batch: 1 }, 0)
  // The crop is somewhere in the clip, scaled by its gain.
  const { audio } = crops
  let [best, at, gain] = [Number.POSITIVE_INFINITY, 0, 1]
  const energy = audio.reduce((sum, value) => sum + value * value, 0)
  for (let start = 0; start + audio.length <= samples.length; start++) {
    if (Math.abs(samples[start] * audio[1] - samples[start + 1] * audio[0]) > 1e-6) continue
    let [product, own] = [0, 0]
    for (let t = 0; t < audio.length; t++) {
      product += audio[t] * samples[start + t]
      own += samples[start + t] ** 2
    }
    const rest = energy - product ** 2 / own
    if (rest < best) [best, at, gain] = [rest, start, product / own]
  }
  expect(best / energy).toBeLessThan(1e-6)
  const around = samples.slice(at - 512, at + audio.length + 512).map((value) => value * gain)
  const mel = melSpectrogram(around, config.mel).values.subarray(2 * 80, 10 * 80)
  expect(crops.mel.every((value, index) => Math.abs(value - mel[index]) < 1e-3)).toBe(true)
})

test('a clip shorter than a crop is padded with silence', async () => {
  const config = await readTinyConfig('patches')
  const short = [{ name: 'short', samples: clips[0].samples.slice(10_000, 11_500) }]
  const { audio } = drawCrops(short, config, { ...settings, batch: 1 }, 0)
  expect(audio.subarray(0, 900).some((value) => value !== 0)).toBe(true)
  expect(audio.subarray(1000).every((value) => value === 0)).toBe(true)
})
