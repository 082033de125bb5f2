import { expect, test } from 'vitest'
import type { ShownDifference } from '../../../store/takes/differences-state.ts'
import type { Take } from '../../../store/takes/take.ts'
import { differenceNotes, totalSentence } from './difference-texts.ts'

const take = (system: Take['system']): Take => ({
  id: system,
  system,
  place: 'current',
  keep: false,
  durationSeconds: 1,
})
const takes = [take('infergrad'), take('recording')]
const shown: ShownDifference = {
  of: 'infergrad',
  from: 'recording',
  takeIds: ['infergrad', 'recording'],
  signalId: 'difference-1',
  unit: 'dB',
  total: 6.14,
  uncomparedSeconds: 0,
  silent: [],
}

test('the total is given in a sentence, whatever is compared', () => {
  expect(totalSentence(takes, shown)).toBe('InferGrad differs from the recording by 6.1 dB rms.')
  expect(totalSentence(takes, { ...shown, of: 'recording', from: 'infergrad' })).toBe(
    'The recording differs from InferGrad by 6.1 dB rms.',
  )
  expect(totalSentence(takes, { ...shown, from: 'mel', unit: 'nat', total: 0.123 })).toBe(
    'The mel of InferGrad differs from the input mel by 0.12 nat rms.',
  )
})

test('omissions and special cases are noted', () => {
  expect(differenceNotes(takes, shown)).toEqual([])
  expect(differenceNotes(takes, { ...shown, uncomparedSeconds: 0.4, ratesHz: [22_050, 16_000] })).toEqual([
    '0.40 s at the end of the longer one are not compared.',
    'InferGrad has 22,050 Hz and the recording 16,000 Hz: they are compared at 16,000 Hz.',
  ])
  expect(differenceNotes(takes, { ...shown, silent: ['recording'] })).toEqual([
    'The recording is silent, so everything in the other counts as a difference.',
  ])
  expect(differenceNotes(takes, { ...shown, silent: ['infergrad', 'recording'] })[0]).toContain('Both')
})
