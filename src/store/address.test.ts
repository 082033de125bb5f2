import fc from 'fast-check'
import { expect, test } from 'vitest'
import { correctionChoices } from '../base/mel-corrections.ts'
import { readAddress, writeAddress } from './address.ts'
import { backendNames, defaultSettings, maxSeed, scheduleModes, stepChoices } from './synthesis/settings.ts'
import { frequencyAxes } from './takes/view-state.ts'

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/)
const betas = fc
  .array(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 12 })
  .map((list) => list.join(', '))
const settings = fc.record(
  {
    size: id,
    steps: fc.constantFrom(...stepChoices),
    customBetas: betas,
    seed: fc.integer({ min: 0, max: maxSeed }),
    scheduleMode: fc.constantFrom(...scheduleModes),
    corrections: fc.constantFrom(...correctionChoices),
    control: fc.boolean(),
    backend: fc.constantFrom(...backendNames),
  },
  { requiredKeys: ['size', 'steps', 'customBetas', 'seed', 'scheduleMode', 'control'] },
)

const range = fc
  .tuple(fc.integer({ min: 0, max: 3_000_000 }), fc.integer({ min: 1, max: 500_000 }))
  .map(([from, length]) => ({ startSeconds: from / 1000, endSeconds: (from + length) / 1000 }))

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

test('so are the loop, the range on show and the axis, where the source can be named', () => {
  const view = fc.record({
    region: range,
    shownSeconds: range,
    frequencyAxis: fc.constantFrom(...frequencyAxes),
  })
  fc.assert(
    fc.property(view, (wanted) => {
      const written = { settings: defaultSettings, exampleId: 'one', ...wanted }
      const { frequencyAxis = 'linear', region, shownSeconds, notes } = readAddress(writeAddress(written))
      expect({ frequencyAxis, region, shownSeconds }).toEqual(wanted)
      expect(notes).toEqual([])
      const ofOwnFile = readAddress(writeAddress({ ...written, exampleId: undefined }))
      expect([ofOwnFile.region, ofOwnFile.shownSeconds]).toEqual([undefined, undefined])
    }),
  )
})

test('of an address of a newer version, the understood part is read', () => {
  const { settings, notes } = readAddress('?v=2&steps=6&sound=brass')
  expect(settings.steps).toBe('6')
  expect(notes).toEqual([expect.stringContaining('newer version')])
})

test('any text at all gives valid settings', () => {
  const names = [
    'v',
    'loop',
    'view',
    'axis',
    'example',
    'size',
    'steps',
    'betas',
    'seed',
    'schedule',
    'corrections',
    'control',
    'backend',
    'else',
  ]
  const search = fc
    .array(fc.tuple(fc.constantFrom(...names), fc.string()))
    .map((pairs) => String(new URLSearchParams(pairs)))
  fc.assert(
    fc.property(search, (text) => {
      const { settings } = readAddress(text)
      expect(stepChoices).toContain(settings.steps)
      expect(scheduleModes).toContain(settings.scheduleMode)
      expect([undefined, ...correctionChoices]).toContain(settings.corrections)
      expect(settings.seed >= 0 && settings.seed <= maxSeed && Number.isInteger(settings.seed)).toBe(true)
    }),
  )
})

test('default corrections are not in the address, and an older address leaves them to the model', () => {
  expect(writeAddress({ settings: defaultSettings })).not.toMatch(/corrections|control/)
  const { settings, notes } = readAddress('?v=1&example=lj&size=frames&steps=2&seed=1&schedule=own')
  expect(settings).toEqual(defaultSettings)
  expect(settings.corrections).toBeUndefined()
  expect(notes).toEqual([])
})

test('an empty address gives the defaults without a note', () => {
  expect(readAddress('')).toEqual({ settings: defaultSettings, notes: [] })
})

test.each([
  ['?steps=4', 'steps=4'],
  ['?seed=-1', 'seed=-1'],
  ['?seed=4294967296', 'seed=4294967296'],
  ['?schedule=best', 'schedule=best'],
  ['?corrections=8', 'corrections=8'],
  ['?corrections=off', 'corrections=off'],
  ['?corrections=', 'corrections='],
  ['?control=yes', 'control=yes'],
  ['?backend=cuda', 'backend=cuda'],
  ['?betas=0.1,2', 'betas=0.1,2'],
  ['?example=../secret', 'example=../secret'],
  ['?v=one', 'v=one'],
  ['?loop=2-1', 'loop=2-1'],
  ['?loop=0-1e9', 'loop=0-1e9'],
  ['?view=-1-2', 'view=-1-2'],
  ['?axis=bark', 'axis=bark'],
])('a wrong value (%s) is ignored with a note that quotes it', (search, quoted) => {
  const { settings, exampleId, notes } = readAddress(search)
  expect(settings).toEqual(defaultSettings)
  expect(exampleId).toBeUndefined()
  expect(notes).toHaveLength(1)
  expect(notes[0]).toContain(quoted)
})
