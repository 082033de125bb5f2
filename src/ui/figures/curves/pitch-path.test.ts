import { expect, test } from 'vitest'
import { pitchPath, pitchSummary, pitchTicks } from './pitch-path.ts'

const trackOf = (f0Hz: number[], voicing: number[]) => ({
  f0Hz: Float32Array.from(f0Hz),
  voicing: Float32Array.from(voicing),
})

test('voiced frames are joined, others leave a gap, and a single one is a dot', () => {
  const track = trackOf([100, 200, 300, 400, 5000], [1, 0.5, 0.4, 0.9, 0])
  expect(pitchPath(track)).toBe('M0.5 0.7500L0.5 0.7500L1.5 0.5000M3.5 0.2500L3.5 0.2500')
})

test('octaves are equally tall, and values beyond the axis stay at its edge', () => {
  expect(pitchTicks.map(({ height }) => height)).toEqual([0.25, 0.5, 0.75])
  expect(pitchPath(trackOf([20, 3000], [1, 1]))).toBe('M0.5 1.0000L0.5 1.0000L1.5 0.0000')
})

test('the summary covers only voiced frames', () => {
  expect(pitchSummary(trackOf([100, 220, 90, 210], [0.1, 0.9, 0.2, 0.8]))).toEqual({
    medianHz: 220,
    voiced: 0.5,
  })
  expect(pitchSummary(trackOf([100], [0.2]))).toBeUndefined()
})
