import { expect, test } from 'vitest'
import envelopes from '../diffusion/fixtures/envelope.fixture.json'
import { energyEnvelope } from './energy-prior.ts'
import { loadShipped, loadTiny, readFixture, readTinyConfig, valuesOf } from './testing/fixtures.ts'
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

test('a shipped model gives the envelope of its fixture, a standard prior ones', async () => {
  const fixture = await readFixture('infergrad-small')
  const shipped = await loadShipped('infergrad-small')
  const mel = melOf(valuesOf(fixture, 'mel'), 80)
  expect(largestDifference(shipped.envelope(mel), valuesOf(fixture, 'envelope'))).toBeLessThan(1e-5)
  shipped.dispose()
  const standard = await loadTiny('paper')
  expect(new Set(standard.envelope(mel))).toEqual(new Set([1]))
  standard.dispose()
})
