import { expect, test } from 'vitest'
import { fuzzReader } from '../../../io/testing/fuzz-reader.ts'
import { problemOf } from '../../../io/testing/problem-of.ts'
import { tinySettings } from '../testing/tiny-training.ts'
import type { TrainingSettings } from '../training-engine.ts'
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.ts'

const figures = { networkMelErrorNats: 1, melErrorNats: 0.5, stftError: 1.25 }
const checkpoint: Checkpoint = {
  sessionId: 'abc',
  name: 'Ümläut "quoted"',
  modelId: 'infergrad-small',
  modelSha256: '0'.repeat(64),
  settings: tinySettings,
  history: {
    steps: [1, 2],
    values: { loss: [2, Number.NaN] },
    evaluations: [{ step: 0, figures }],
  },
  seconds: 1.5,
  best: { step: 1, figures },
  bestWeights: new Map([['a.weight', { shape: [2], values: Float32Array.of(0.5, -1) }]]),
  state: {
    step: 2,
    tensors: new Map([['model.a.weight', { shape: [2], values: Float32Array.of(1 / 3, 7) }]]),
  },
}

test('decoding inverts encoding', () => {
  expect(decodeCheckpoint(encodeCheckpoint(checkpoint), 'a file')).toEqual(checkpoint)
  const maxSeed = { ...checkpoint, settings: { ...tinySettings, seed: 0xffff_ffff } }
  expect(decodeCheckpoint(encodeCheckpoint(maxSeed), 'a file')).toEqual(maxSeed)
  const { bestWeights: _, ...first } = { ...checkpoint, best: { step: 0, figures } }
  expect(decodeCheckpoint(encodeCheckpoint(first), 'a file').bestWeights).toBeUndefined()
})

test('a checkpoint from before the maximum gradient norm had its name still opens', () => {
  const { maxGradientNorm, ...others } = tinySettings
  const settings = { ...others, largestGradientNorm: 0.25 }
  const old = encodeCheckpoint({ ...checkpoint, settings: settings as unknown as TrainingSettings })
  expect(decodeCheckpoint(old, 'a file').settings).toEqual({ ...tinySettings, maxGradientNorm: 0.25 })
  expect(maxGradientNorm).not.toBe(0.25)
})

test.each([
  { what: 'a history with missing steps', change: { history: { ...checkpoint.history, steps: [1] } } },
  { what: 'invalid settings', change: { settings: { ...tinySettings, processSteps: [] } } },
  { what: 'the best weights missing', change: { bestWeights: undefined } },
  {
    what: 'a history without the figures of the model before',
    change: { history: { ...checkpoint.history, evaluations: [{ step: 4, figures }] } },
  },
  ...[[Number.NaN], [1, Number.NaN], [Number.POSITIVE_INFINITY, 1]].map((weights) => ({
    what: `weights of [${weights}]`,
    change: {
      state: {
        step: 2,
        tensors: new Map([['model.a', { shape: [weights.length], values: Float32Array.from(weights) }]]),
      },
    },
  })),
] satisfies { what: string; change: Partial<Checkpoint> }[])('$what is refused', ({ change }) => {
  const bytes = encodeCheckpoint({ ...checkpoint, ...change })
  expect(problemOf(() => decodeCheckpoint(bytes, 'a file'))).toMatchObject({ code: 'checkpoint-invalid' })
})

fuzzReader({
  format: 'checkpoint',
  files: [encodeCheckpoint(checkpoint)],
  readers: [(bytes) => decodeCheckpoint(bytes, 'a file')],
})
