import { expect, test } from 'vitest'
import type { TrainingSession } from '../../store/fine-tune/training-state.ts'
import { percentChange, phaseSentence, phaseTitle, progressText, roughDuration } from './training-texts.ts'

const session: TrainingSession = {
  phase: 'running',
  name: 'Mine',
  modelId: 'infergrad-small',
  step: 34,
  steps: 200,
  notes: [],
  curves: { steps: [], values: {} },
  evaluations: [],
  restarts: [],
}

test.each([
  [0.2, '1 s'],
  [42.4, '42 s'],
  [130, '2 min'],
  [3600, '1 h'],
  [4900, '1 h 22 min'],
])('%d s are about %s', (seconds, text) => {
  expect(roughDuration(seconds)).toBe(text)
})

test('changes have a sign and a real minus', () => {
  expect(percentChange(1, 0.84)).toBe('−16 %')
  expect(percentChange(1, 1.03)).toBe('+3 %')
  expect(percentChange(1, 1.001)).toBe('0 %')
  expect(percentChange(0, 0)).toBe('–')
})

test('no time is given before one was measured', () => {
  expect(progressText(session)).toBe('Step 34 of 200')
  expect(progressText({ ...session, loss: 2.3456, secondsPerStep: 1.234, remainingSeconds: 205 })).toBe(
    'Step 34 of 200 · loss 2.35 · 1.2 s per step · about 3 min left',
  )
})

test('a requested phase is described before it begins', () => {
  expect(phaseTitle(session)).toBe('Learning')
  expect(phaseTitle({ ...session, asked: 'pause' })).toBe('Pausing')
  expect(phaseTitle({ ...session, phase: 'paused' })).toBe('Paused')
  expect(phaseSentence({ ...session, phase: 'paused' })).toContain('after step 34')
  expect(phaseSentence({ ...session, asked: 'stop' })).toContain('best weights')
})
