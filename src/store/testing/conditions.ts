/** Conditions of blind tests on the models of the fake services. */
import type { Condition } from '../../listening/plans/test-plan.ts'

export const waveGrad = {
  id: 'w',
  label: 'WaveGrad',
  kind: 'model',
  modelId: 'wavegrad-frames',
  schedule: '2',
  seed: 1,
} as const satisfies Condition

export const inferGrad = { ...waveGrad, id: 'i', label: 'InferGrad', modelId: 'infergrad-frames' } as const
