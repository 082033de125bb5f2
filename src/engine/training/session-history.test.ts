import { expect, test } from 'vitest'
import { SessionHistory } from './session-history.ts'

const withLosses = (losses: readonly number[]) => {
  const history = new SessionHistory()
  for (const [index, loss] of losses.entries()) history.addStep(index + 1, { loss, terms: { mel: loss / 2 } })
  return history
}

test('a loss counts as exploded after ten steps far above where it began, not before', () => {
  const steady = Array.from({ length: 30 }, (_, index) => 1 + 0.1 * (index % 3))
  expect(withLosses(steady).exploded).toBe(false)
  const rising = [...steady, ...Array(9).fill(5)]
  expect(withLosses(rising).exploded).toBe(false)
  expect(withLosses([...rising, 5]).exploded).toBe(true)
  expect(withLosses([...rising, 2, 5, 5]).exploded).toBe(false)
  expect(withLosses([...Array(10).fill(1), ...Array(10).fill(9)]).exploded).toBe(true)
})

test('its record is a copy, and makes the same history again', () => {
  const history = withLosses([1, 2])
  history.addStep(3, { loss: 1 / 3, terms: { stft: 0.5 } })
  history.addEvaluation(0, { networkMelErrorNats: 3, melErrorNats: 2, stftError: 1 })
  const { record } = history
  expect(record.values).toEqual({
    mel: [0.5, 1, Number.NaN],
    stft: [Number.NaN, Number.NaN, 0.5],
    loss: [1, 2, 0.333333],
  })
  history.addStep(4, { loss: 1, terms: {} })
  expect(record.steps).toEqual([1, 2, 3])
  expect(new SessionHistory(record).record).toEqual(record)
})
