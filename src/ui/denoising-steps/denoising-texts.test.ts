import { expect, test } from 'vitest'
import type { DenoisingStrip } from '../../store/denoising-steps/denoising-state.ts'
import { denoisingSentences, firstStepShare, frameName } from './denoising-texts.ts'

function strip(name: string, ...figures: (number | undefined)[]): DenoisingStrip {
  const frames = figures.map((figure, step) => ({
    id: `${name}-${step}`,
    step,
    spectrogramId: '',
    peakDb: 0,
    loudnessLufs: -20,
    figure,
  }))
  const corrections = { count: 0, momentum: 0, scope: 'all', asked: false } as const
  return { system: 'wavegrad', name, steps: figures.length - 1, corrections, frames }
}

test('the share of the first step is its part of the way from noise to the last step', () => {
  expect(firstStepShare(strip('a', 2, 1.25, 1))).toBeCloseTo(0.75, 12)
  expect(firstStepShare(strip('a', 2, 1))).toBeUndefined()
  expect(firstStepShare(strip('a', 2, undefined, 1))).toBeUndefined()
  expect(firstStepShare(strip('a', 1, 1, 1))).toBeUndefined()
  expect(firstStepShare(strip('a', Number.NaN, 1, 1))).toBeUndefined()
})

test('the sentences describe the figures, even if they get worse', () => {
  const sentences = denoisingSentences([
    strip('WaveGrad', 2, 1.5, 1),
    strip('InferGrad', 2, 0.9, 1),
    strip('Odd', 2, 2.5, 1),
    strip('Vain', 2, 1.5, 2),
    strip('Short', 2, 1),
    strip('Unmeasured', 2, undefined, undefined),
  ])
  expect(sentences).toEqual([
    'After step 1, WaveGrad is 50 % of the way there: 2.00 dB before step 1, 1.50 dB after it, 1.00 dB after step 2.',
    'InferGrad is closest after step 1: 2.00 dB before step 1, 0.90 dB after it, 1.00 dB after step 2.',
    'Odd is farther away after step 1 than before it: 2.00 dB before step 1, 2.50 dB after it, 1.00 dB after step 2.',
    'Vain ends no closer than it began: 2.00 dB before step 1, 1.50 dB after it, 2.00 dB after step 2.',
    'Short: 2.00 dB before step 1, 1.00 dB after step 1.',
  ])
})

test('frames are named by their step', () => {
  expect([0, 1, 6].map(frameName)).toEqual(['Before step 1', 'After step 1', 'After step 6'])
})
