import { expect, test } from 'vitest'
import { modelConvention } from '../../dsp/testing/model-convention.ts'
import { mergeReading, numberFields, numberOf, scalingChoiceOf, valueChoiceOf } from './mel-reading.ts'

type Reading = Parameters<typeof mergeReading>[0]

const reading: Reading = {
  bandAxis: 0,
  values: { unit: 'log10', of: 'power', scaling: { kind: 'range', stored: [0, 1], levels: [-80, 20] } },
  convention: modelConvention,
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
