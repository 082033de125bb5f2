import { expect, test } from 'vitest'
import type { BatchItem } from '../../store/batch/batch-state.ts'
import { meanOf, progressOf, rowNames, sorted } from './batch-rows.ts'

function item(name: string, realTimeFactor?: number, state: BatchItem['state'] = 'done'): BatchItem {
  const planned = { system: 'infergrad', seed: 1, encoding: 'pcm16' } as const
  return {
    id: name,
    name,
    state,
    outputs:
      realTimeFactor === undefined
        ? []
        : [
            {
              system: 'infergrad',
              state: 'done',
              fraction: 1,
              result: {
                planned,
                keptAs: '',
                making: { elapsedSeconds: 1, realTimeFactor, seed: 1 },
                sampleRateHz: 1,
                loudnessLufs: 0,
                audioSha256: '',
              },
            },
          ],
  }
}
const names = (items: readonly BatchItem[]) => items.map(({ name }) => name).join(' ')

test('names sort by their numbers, figures by size; rows without a value are last either way', () => {
  const items = [item('a10', 3), item('a2', 1), item('a1'), item('b', 2)]
  const by = (key: 'name' | 'infergrad', descending = false) =>
    names(sorted(items, { key, descending }, 'realTimeFactor'))
  expect(by('name')).toBe('a1 a2 a10 b')
  expect(by('name', true)).toBe('b a10 a2 a1')
  expect(by('infergrad')).toBe('a2 b a10 a1')
  expect(by('infergrad', true)).toBe('a10 b a2 a1')
  expect(names(sorted(items, undefined, 'realTimeFactor'))).toBe('a10 a2 a1 b')
})

test('the mean is over the rows that have the figure', () => {
  const items = [item('a', 1), item('b', 2), item('c')]
  expect(meanOf(items, 'infergrad', 'realTimeFactor')).toEqual({ mean: 1.5, count: 2 })
  expect(meanOf(items, 'wavegrad', 'realTimeFactor')).toBeUndefined()
  expect(meanOf(items, 'infergrad', 'stoi')).toBeUndefined()
})

test('rows of the same name are distinguished', () => {
  const items = ['a', 'b', 'a'].map((name, id) => ({ ...item(name), id: String(id) }))
  expect([...rowNames(items).values()]).toEqual(['a', 'b', 'a (2)'])
})

test('refused files count as done, and the estimate for the others follows from the finished outputs', () => {
  const waiting = item('w', undefined, 'waiting')
  const batch = {
    items: [item('a', 1), item('r', undefined, 'refused'), waiting, waiting],
    systems: [],
    encoding: 'pcm16',
    status: 'running',
    plan: [{ system: 'infergrad', seed: 1, encoding: 'pcm16' }],
    playing: false,
  } as const
  expect(progressOf(batch)).toEqual({ fraction: 0.5 })
  expect(progressOf({ ...batch, pace: { outputs: 4, seconds: 8 } })).toEqual({
    fraction: 0.5,
    secondsLeft: 4,
  })
})
