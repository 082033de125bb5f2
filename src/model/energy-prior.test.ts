import { expect, test } from 'vitest'
import envelopes from '../diffusion/fixtures/envelope.fixture.json'
import { energyEnvelope } from './energy-prior.ts'
import { loadTiny, readFixture, readShippedConfig, readTinyConfig, valuesOf } from './testing/fixtures.ts'
import { largestDifference } from './testing/network-suite.ts'

/** [bands, frames] as the fixtures have it, to the page's [frames, bands]. */
function melOf(values: ArrayLike<number>, bands: number) {
  const frames = values.length / bands
  const turned = new Float32Array(values.length)
  for (let frame = 0; frame < frames; frame++)
    for (let band = 0; band < bands; band++) turned[frame * bands + band] = values[band * frames + frame]
  return { frames, bands, values: turned }
}

test.each([
  ['Slaney bands and natural logarithms', 0, 'energy-v'],
  ['HTK bands and decimal logarithms', 1, 'hop-300'],
])('with %s the envelope is what PyTorch gives', async (_, index, model) => {
  const { mel: convention } = await readTinyConfig(model)
  const { tensors, prior_floor } = envelopes[index]
  const envelope = energyEnvelope(melOf(tensors.mel.values, convention.bands), convention, prior_floor)
  const expected = tensors.envelope.values
  expect(envelope).toHaveLength(expected.length)
  for (const [t, value] of expected.entries()) expect(envelope[t] / value).toBeCloseTo(1, 4)
})

test('a silent mel has the floor for an envelope', async () => {
  const { mel: convention } = await readTinyConfig('energy-v')
  const mel = { frames: 3, bands: 80, values: new Float32Array(240).fill(-11.5129) }
  const envelope = energyEnvelope(mel, convention, 1e-3)
  expect(largestDifference(envelope, new Float32Array(768).fill(1e-3))).toBeLessThan(1e-8)
})

test('a shipped model has the envelope of its fixture', async () => {
  const fixture = await readFixture('infergrad-small')
  const { mel: convention, priorFloor } = await readShippedConfig('infergrad-small')
  const envelope = energyEnvelope(melOf(valuesOf(fixture, 'mel'), 80), convention, priorFloor)
  expect(largestDifference(envelope, valuesOf(fixture, 'envelope'))).toBeLessThan(1e-5)
})

test('a standard prior has ones for an envelope', async () => {
  const model = await loadTiny('paper')
  const mel = { frames: 2, bands: 80, values: new Float32Array(160).fill(-3) }
  expect(model.envelope(mel)).toEqual(new Float32Array(512).fill(1))
  model.dispose()
})
