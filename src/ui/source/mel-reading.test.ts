import { expect, test } from 'vitest'
import { hifiGanConvention } from '../../dsp/mel/hifi-gan-convention.ts'
import {
  framingChoices,
  mergeReading,
  numberFields,
  numberOf,
  scalingChoiceOf,
  usualLevels,
  valueChoiceOf,
  valueChoices,
} from './mel-reading.ts'

type Reading = Parameters<typeof mergeReading>[0]

const reading: Reading = {
  bandAxis: 0,
  values: { unit: 'log10', of: 'power', scaling: { kind: 'range', stored: [0, 1], levels: [-80, 20] } },
  convention: hifiGanConvention,
  framing: 'padded',
  preEmphasis: 0.97,
  cutPadding: false,
}

/** The form as it opens, with `changes` typed into it. */
function formOf(changes: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData()
  for (const { name } of numberFields) form.set(name, String(numberOf(reading, name)))
  form.set('bandAxis', '0')
  form.set('values', valueChoiceOf(reading))
  form.set('scaling', scalingChoiceOf(reading))
  form.set('lowLevel', '-80')
  form.set('highLevel', '20')
  for (const [name, value] of Object.entries(changes)) form.set(name, value)
  return form
}

test('an unchanged form leaves the reading as it is', () => {
  expect(mergeReading(reading, formOf()).override).toEqual(reading)
})

test('typed or chosen values replace the reading', () => {
  const { override } = mergeReading(
    reading,
    formOf({ bandAxis: '1', values: 'ln magnitude', scaling: 'none', hopSamples: '300', framing: 'centred' }),
  )
  expect(override).toMatchObject({ bandAxis: 1, framing: 'centred', convention: { hopSamples: 300 } })
  expect(override?.values).toEqual({ unit: 'ln', of: 'magnitude' })
  const { bands } = reading.convention
  const deviation = Array.from({ length: bands }, (_, band) => band + 1)
  expect(
    mergeReading(
      reading,
      formOf({ scaling: 'statistics', mean: '-5.5', deviation: `[${deviation.join(', ')}]` }),
    ).override?.values?.scaling,
  ).toEqual({ kind: 'statistics', statistics: { mean: [-5.5], deviation } })
})

test.each([
  [{ hopSamples: '0' }, '“Hop, samples” must be a number from 1 to 65536, not “0”.'],
  [{ preEmphasis: '' }, '“Pre-emphasis” must be'],
  [{ lowHz: '9000', highHz: '8000' }, 'the lowest below the highest'],
  [{ highHz: '20000' }, 'half the sample rate'],
  [{ lowLevel: '20' }, 'below that at the upper end'],
  [{ scaling: 'statistics', mean: '1 2', deviation: '1' }, 'one number for all bands'],
] as const)('%j is refused with its reason', (changes, words) => {
  const { override, problem } = mergeReading(reading, formOf(changes))
  expect(override).toBeUndefined()
  expect(problem).toContain(words)
})

test.each(Object.keys(valueChoices))('the values can be chosen as %s', (values) => {
  const { override } = mergeReading(reading, formOf({ values, scaling: 'none' }))
  const [unit, of] = values.split(' ')
  expect(override?.values).toEqual({ unit, of })
})

test.each(Object.keys(framingChoices))('the frames can be chosen to lie %s', (framing) => {
  expect(mergeReading(reading, formOf({ framing })).override?.framing).toBe(framing)
})

test('every number of the form becomes the setting of its name', () => {
  const typed = {
    sampleRateHz: '44100',
    fftSize: '2048',
    hopSamples: '512',
    windowSamples: '1764',
    lowHz: '40.5',
    highHz: '22050',
    preEmphasis: '0',
  }
  const { override } = mergeReading(reading, formOf({ ...typed, scale: 'htk', norm: 'none' }))
  const { preEmphasis, ...analysis } = Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, Number(value)]),
  )
  expect(override).toMatchObject({ preEmphasis, convention: { ...analysis, scale: 'htk', norm: 'none' } })
})

test('choices that the form does not have leave the reading as it is', () => {
  const changes = {
    values: 'bel',
    scaling: '7 8',
    framing: 'late',
    scale: 'bark',
    norm: 'max',
    bandAxis: '2',
  }
  expect(mergeReading(reading, formOf(changes)).override).toEqual(reading)
})

test('what the form does not show is kept', () => {
  const told = { ...reading, filterRateHz: 16_000, cutPadding: true }
  expect(mergeReading(told, formOf()).override).toEqual(told)
})

test.each([
  ['0 1', [0, 1]],
  ['-4 4', [-4, 4]],
] as const)('a range is stored as %s from the levels that are typed', (scaling, stored) => {
  const { override } = mergeReading(reading, formOf({ scaling, lowLevel: '-100.5', highLevel: '0' }))
  expect(override?.values?.scaling).toEqual({ kind: 'range', stored, levels: [-100.5, 0] })
})

test.each([
  ['-5.5', '2.1', [-5.5], [2.1]],
  [' [ -5.5 ]', '2.1;', [-5.5], [2.1]],
] as const)('one mean and one deviation are read from %j and %j', (mean, deviation, means, deviations) => {
  const { override } = mergeReading(reading, formOf({ scaling: 'statistics', mean, deviation }))
  expect(override?.values?.scaling).toEqual({
    kind: 'statistics',
    statistics: { mean: means, deviation: deviations },
  })
})

test.each([
  [{ sampleRateHz: 'fast' }, '“Sample rate, Hz” must be a number from 1000 to 192000, not “fast”'],
  [{ windowSamples: ' ' }, '“Window, samples” must be'],
  [{ fftSize: '70000' }, '“FFT size” must be a number from 16 to 65536'],
  [{ preEmphasis: '1' }, '“Pre-emphasis” must be a number from 0 to 0.999'],
  [{ lowHz: '8000' }, 'the lowest below the highest'],
  [{ lowLevel: '' }, 'below that at the upper end'],
  [{ highLevel: '' }, 'below that at the upper end'],
  [{ lowLevel: 'low' }, 'below that at the upper end'],
  [{ scaling: 'statistics', mean: '', deviation: '1' }, 'one number for all bands, or 80 each'],
  [{ scaling: 'statistics', mean: 'x', deviation: '1' }, 'one number for all bands'],
  [{ scaling: 'statistics', mean: '1', deviation: 'x' }, 'one number for all bands'],
  [{ scaling: 'statistics', mean: '1', deviation: '1 2' }, 'one number for all bands'],
] as const)('%j is refused as well', (changes, words) => {
  const { override, problem } = mergeReading(reading, formOf(changes))
  expect(override).toBeUndefined()
  expect(problem).toContain(words)
})

test('the form begins with the choices of the reading', () => {
  const statistics = { kind: 'statistics', statistics: { mean: [0], deviation: [1] } } as const
  const symmetric = { kind: 'range', stored: [-4, 4], levels: [-60, 10] } as const
  const withScaling = (scaling?: Reading['values']['scaling']): Reading => ({
    ...reading,
    values: { unit: 'db', of: 'power', scaling },
  })
  expect([undefined, statistics, symmetric].map((one) => scalingChoiceOf(withScaling(one)))).toEqual([
    'none',
    'statistics',
    '-4 4',
  ])
  expect(usualLevels(withScaling(symmetric))).toEqual([-60, 10])
  expect(usualLevels(withScaling())).toEqual([-80, 20])
  expect(valueChoiceOf(withScaling())).toBe('db power')
})
