import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { useWasm } from '../../../kernels/testing/backends.ts'
import { readFixture, readTinyConfig } from '../../../model/testing/fixtures.ts'
import { voiceClip } from '../testing/tiny-training.ts'
import { CropExcitation } from './crop-excitation.ts'
import { drawCrops } from './crops.ts'
import { prepareSpeech } from './speech-clips.ts'

beforeAll(() => useWasm())

const settings = { seed: 5, batch: 2, cropSamples: 2048 }
const { clips } = prepareSpeech([voiceClip(4)], 22050)

test('crops for a frame network get pulses, the same for the same step, without tensor leaks', async () => {
  const config = await readTinyConfig('frames')
  const before = tf.memory().numTensors
  const excitation = new CropExcitation(config, await readFixture('frames.weights'))
  const crops = drawCrops(clips, config, settings, 3)
  const { pulses = new Float32Array(), ...batch } = await excitation.of(crops)
  expect(pulses).toHaveLength(crops.audio.length)
  for (const row of [0, 1])
    expect(pulses.subarray(row * 2048, (row + 1) * 2048).some((value) => value > 0)).toBe(true)
  expect(batch).not.toHaveProperty('surroundings')
  expect((await excitation.of(drawCrops(clips, config, settings, 3))).pulses).toEqual(pulses)
  const later = { ...crops.surroundings, phases: crops.surroundings.phases.map((phase) => (phase + 0.5) % 1) }
  expect((await excitation.of({ ...crops, surroundings: later })).pulses).not.toEqual(pulses)
  excitation.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('the pulses are those of the crop within its surroundings', async () => {
  const config = await readTinyConfig('frames')
  const excitation = new CropExcitation(config, await readFixture('frames.weights'))
  const { surroundings, ...batch } = drawCrops(clips, config, { ...settings, batch: 1 }, 3)
  const { pulses } = await excitation.of({ ...batch, surroundings })
  // Without its margins the mel is the same, but the phase at the start of the crop is unknown.
  const whole = await excitation.of({
    ...batch,
    frames: surroundings.frames,
    audio: new Float32Array(surroundings.frames * config.mel.hopSamples),
    surroundings: { ...surroundings, marginFrames: 0 },
  })
  const from = surroundings.marginFrames * config.mel.hopSamples
  expect(pulses).toEqual(whole.pulses?.slice(from, from + batch.audio.length))
  excitation.dispose()
})

test('crops of other models get none', async () => {
  const config = await readTinyConfig('patches')
  const excitation = new CropExcitation(config, await readFixture('patches.weights'))
  expect(await excitation.of(drawCrops(clips, config, settings, 3))).not.toHaveProperty('pulses')
  excitation.dispose()
})
