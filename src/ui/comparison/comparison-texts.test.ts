import { expect, test } from 'vitest'
import type { ColumnFigures } from '../../store/comparison/grid.ts'
import { comparisonSentence } from './comparison-texts.ts'

const row = (system: 'infergrad' | 'wavegrad', steps: 2 | 6, lsdDb: number): ColumnFigures => ({
  column: { id: `${system}-${steps}`, system, steps },
  figures: { against: 'recording', lsdDb },
})
const sentence = (two: number, six: number) =>
  comparisonSentence([row('infergrad', 2, two), row('wavegrad', 6, six)])

test('answers the paper’s question, either way', () => {
  expect(sentence(9.03, 9.2)).toBe(
    'InferGrad with 2 steps is closer to the recording than WaveGrad with 6: log-spectral distance of 9.03 dB against 9.20 dB.',
  )
  expect(sentence(11, 10)).toContain('farther from')
  expect(sentence(10.04, 10)).toContain('as close to the recording as')
})

test('gives no sentence until both are measured', () => {
  expect(comparisonSentence([row('infergrad', 2, 9)])).toBeUndefined()
  expect(comparisonSentence([])).toBeUndefined()
})
