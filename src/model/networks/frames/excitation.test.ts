import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { pulsesBetween } from '../../../dsp/signals/excitation.ts'
import { useWasm } from '../../../kernels/testing/backends.ts'
import { loadTiny, readFixture, valuesOf } from '../../testing/fixtures.ts'
import { maxDifference, melTensor } from '../../testing/network-suite.ts'

beforeAll(() => useWasm())

async function given(name: string) {
  const [model, fixture] = [await loadTiny(name), await readFixture(`${name}.expected`)]
  if (!model.pitch) throw new Error('A network without an excitation')
  const track = { f0Hz: valuesOf(fixture, 'f0'), voicing: valuesOf(fixture, 'voicing') }
  return { model, pitch: model.pitch, fixture, track }
}

test.each(['frames', 'frames-short'])('pitch and voicing equal PyTorch’s: %s', async (name) => {
  const { model, pitch, fixture, track } = await given(name)
  const before = tf.memory().numTensors
  const logits = tf.tidy(() => pitch.logits(melTensor(fixture)))
  const values = await logits.data<'float32'>()
  logits.dispose()
  expect(tf.memory().numTensors).toBe(before)
  expect(maxDifference(values, valuesOf(fixture, 'logits'))).toBeLessThan(1e-4)
  const found = pitch.track(values)
  for (const [frame, hz] of track.f0Hz.entries()) expect(found.f0Hz[frame] / hz).toBeCloseTo(1, 5)
  expect(maxDifference(found.voicing, track.voicing)).toBeLessThan(1e-5)
  model.dispose()
})

test.each(['frames', 'frames-short'])('pulses equal PyTorch’s, from any phase: %s', async (name) => {
  const { model, pitch, fixture, track } = await given(name)
  const loudest = Math.max(...valuesOf(fixture, 'pulses'))
  expect(loudest).toBeGreaterThan(1)
  for (const [phase, name] of [
    [0, 'pulses'],
    [0.375, 'later'],
  ] as const) {
    const pulses = pitch.pulses(track, phase)
    const signal = pulsesBetween(pulses, 0, pulses.samples)
    expect(maxDifference(signal, valuesOf(fixture, name))).toBeLessThan(1e-5 * loudest)
  }
  model.dispose()
})

test.each(['frames', 'frames-short'])('the mixed input of the network equals PyTorch’s: %s', async (name) => {
  const { model, fixture, track } = await given(name)
  const excitation = { ...track, pulses: valuesOf(fixture, 'pulses') }
  const found = model.mixed(valuesOf(fixture, 'y_N'), excitation)
  expect(maxDifference(found, valuesOf(fixture, 'mixed'))).toBeLessThan(1e-4)
  model.dispose()
})

test('the input of WaveGrad is the noise itself', async () => {
  const model = await loadTiny('energy-v')
  expect(model.pitch).toBeUndefined()
  const noise = Float32Array.of(1, -2, 3)
  expect(model.mixed(noise)).toEqual(noise)
  model.dispose()
})
