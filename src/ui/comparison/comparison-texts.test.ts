import { expect, test } from 'vitest'
import type { ComparisonRow } from '../../store/comparison/comparison-state.ts'
import type { Take } from '../../store/takes/take.ts'
import { comparisonSentence } from './comparison-texts.ts'

const rows: readonly ComparisonRow[] = [
  { system: 'infergrad', steps: 2, state: 'done', fraction: 1, takeId: 'a' },
  { system: 'wavegrad', steps: 6, state: 'done', fraction: 1, takeId: 'b' },
]

function take(id: string, lsdDb: number): Take {
  const figures = { melMae: 0, lsdDb, mrstft: 1, mcd13Db: 0, stoi: 1, hfDb: 0, levelDb: 0 }
  return {
    id,
    system: 'infergrad',
    place: 'kept',
    keep: false,
    durationSeconds: 1,
    quality: { against: 'recording', figures },
  }
}

test('answers the paper’s question for this clip, either way', () => {
  const sentence = (two: number, six: number) => comparisonSentence(rows, [take('a', two), take('b', six)])
  expect(sentence(9.03, 9.2)).toBe(
    'Two steps of InferGrad are nearer to the recording than six of WaveGrad here: log-spectral distance of 9.03 dB against 9.20 dB.',
  )
  expect(sentence(11, 10)).toContain('farther from')
  expect(sentence(10.01, 10)).toContain('as near to')
})

test('says nothing before both are measured', () => {
  expect(comparisonSentence(rows, [take('a', 9)])).toBeUndefined()
  expect(comparisonSentence([], [])).toBeUndefined()
})
