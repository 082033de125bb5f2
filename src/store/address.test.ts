import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress, writeAddress } from './address.ts'
import { backendNames, defaultSettings, largestSeed, scheduleModes, stepChoices } from './settings.ts'

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/)
const betas = fc
  .array(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 12 })
  .map((list) => list.join(', '))
const settings = fc.record(
  {
    size: id,
    steps: fc.constantFrom(...stepChoices),
    customBetas: betas,
    seed: fc.integer({ min: 0, max: largestSeed }),
    scheduleMode: fc.constantFrom(...scheduleModes),
    backend: fc.constantFrom(...backendNames),
  },
  { requiredKeys: ['size', 'steps', 'customBetas', 'seed', 'scheduleMode'] },
)

test('what is written into the address is read back from it', () => {
  fc.assert(
    fc.property(settings, fc.option(id, { nil: undefined }), (wanted, exampleId) => {
      const read = readAddress(writeAddress({ settings: wanted, exampleId }))
      const customBetas = wanted.steps === 'custom' ? wanted.customBetas : defaultSettings.customBetas
      expect(read.settings).toEqual({ ...wanted, customBetas })
      expect(read.exampleId).toBe(exampleId)
      expect(read.notes).toEqual([])
    }),
  )
})

test('any text at all gives valid settings', () => {
  const names = ['example', 'size', 'steps', 'betas', 'seed', 'schedule', 'backend', 'else']
  const search = fc
    .array(fc.tuple(fc.constantFrom(...names), fc.string()))
    .map((pairs) => String(new URLSearchParams(pairs)))
  fc.assert(
    fc.property(search, (text) => {
      const { settings } = readAddress(text)
      expect(stepChoices).toContain(settings.steps)
      expect(scheduleModes).toContain(settings.scheduleMode)
      expect(settings.seed >= 0 && settings.seed <= largestSeed && Number.isInteger(settings.seed)).toBe(true)
    }),
  )
})

test('an empty address gives the defaults without a word', () => {
  expect(readAddress('')).toEqual({ settings: defaultSettings, notes: [] })
})

test.each([
  ['?steps=4', 'steps=4'],
  ['?seed=-1', 'seed=-1'],
  ['?seed=4294967296', 'seed=4294967296'],
  ['?schedule=best', 'schedule=best'],
  ['?backend=cuda', 'backend=cuda'],
  ['?betas=0.1,2', 'betas=0.1,2'],
  ['?example=../secret', 'example=../secret'],
])('a wrong value (%s) is ignored with a note that quotes it', (search, quoted) => {
  const { settings, exampleId, notes } = readAddress(search)
  expect(settings).toEqual(defaultSettings)
  expect(exampleId).toBeUndefined()
  expect(notes).toHaveLength(1)
  expect(notes[0]).toContain(quoted)
})
