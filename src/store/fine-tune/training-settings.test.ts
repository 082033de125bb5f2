import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  acceptedSetting,
  layerGroups,
  type NumberSetting,
  parseSetting,
  presetOf,
  settingLimits,
  settingsConflict,
  toggleFrozen,
  trainingPresets,
} from './training-settings.ts'

const hop = 256
const names = Object.keys(settingLimits) as NumberSetting[]

test('every number of a preset is accepted when typed', () => {
  for (const settings of Object.values(trainingPresets)) {
    for (const name of names)
      expect(parseSetting(name, String(settings[name]), hop), name).toBe(settings[name])
    expect(settingsConflict(settings, undefined)).toBeUndefined()
  }
})

test('whatever is typed gives a number within the limits, or none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.oneof(fc.string(), fc.double().map(String)), (name, text) => {
      const value = parseSetting(name, text, hop)
      if (value === undefined) return
      expect(value).toBeGreaterThanOrEqual(settingLimits[name].low)
      expect(value).toBeLessThanOrEqual(settingLimits[name].high)
    }),
  )
})

test.each([
  ['cropSamples', '8191'],
  ['cropSamples', '256'],
  ['steps', '1.5'],
  ['steps', '0'],
  ['learningRate', '0'],
  ['emaDecay', '1'],
  ['batch', ''],
  ['seed', '4294967296'],
] as const)('%s of %j is refused', (name, text) => {
  expect(parseSetting(name, text, hop)).toBeUndefined()
})

test('the accepted values are stated in terms of the model’s hop', () => {
  expect(acceptedSetting('cropSamples', 300)).toBe('a multiple of 300 from 2048 to 131072')
  expect(acceptedSetting('emaDecay', 300)).toBe('a number from 0 to 0.9999')
})

test('settings that leave nothing to learn are refused', () => {
  const settings = trainingPresets.voice
  expect(settingsConflict({ ...settings, frozen: layerGroups.wavegrad }, undefined)).toContain('frozen')
  expect(settingsConflict({ ...settings, processSteps: [] }, undefined)).toContain('at least one')
  expect(
    settingsConflict({ ...settings, wavegradWeight: 0, inferWeight: 0, melWeight: 0 }, undefined),
  ).toContain('All loss weights are 0')
  expect(settingsConflict({ ...trainingPresets.wavegrad, processSteps: [] }, undefined)).toBeUndefined()
})

test('a preset is recognised by its settings, whatever the seed', () => {
  expect(presetOf({ ...trainingPresets.voice, seed: 9 })).toBe('voice')
  expect(presetOf(trainingPresets.wavegrad)).toBe('wavegrad')
  expect(presetOf({ ...trainingPresets.voice, steps: 100 })).toBeUndefined()
})

test('a group of layers is frozen and unfrozen', () => {
  const frozen = toggleFrozen(trainingPresets.voice, 'film')
  expect(frozen.frozen).toEqual(['film'])
  expect(toggleFrozen(frozen, 'film').frozen).toEqual([])
  expect(toggleFrozen(frozen, 'leave').frozen).toEqual(['film', 'leave'])
})
