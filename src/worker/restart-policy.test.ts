import { expect, test } from 'vitest'
import { degradingPolicy, neverRestart, type WorkerFailure } from './restart-policy.ts'

type Backend = 'webgpu' | 'wasm' | 'cpu'

const { firstAttempt, nextAttempt } = degradingPolicy<Backend>({
  chunkFramesLadder: [256, 128, 64, 32],
  leftWhenUnfit: ['webgpu', 'wasm'],
  leftAfterRepeat: ['webgpu'],
})

const lost = (atSeconds: number): WorkerFailure<Backend> => ({
  cause: 'device-lost',
  backend: 'webgpu',
  atSeconds,
})
const died = (atSeconds: number): WorkerFailure<Backend> => ({
  cause: 'worker-lost',
  backend: 'wasm',
  atSeconds,
})

test('a lost device is tried again with half of the chunk', () => {
  expect(nextAttempt([lost(0)], firstAttempt)).toEqual({ maxChunkFrames: 128, skipped: [] })
})

test('a second loss within two minutes abandons WebGPU', () => {
  const second = nextAttempt([lost(0)], firstAttempt)
  expect(second && nextAttempt([lost(0), lost(119)], second)).toEqual({
    maxChunkFrames: 256,
    skipped: [{ name: 'webgpu', reason: expect.stringContaining('twice within two minutes') }],
  })
})

test('a second loss after two minutes only costs another half', () => {
  const second = nextAttempt([lost(0)], firstAttempt)
  expect(second && nextAttempt([lost(0), lost(121)], second)).toEqual({ maxChunkFrames: 64, skipped: [] })
})

test('a failure of another backend a minute before does not abandon WebGPU', () => {
  const second = nextAttempt([died(0)], firstAttempt)
  expect(second && nextAttempt([died(0), lost(60)], second)).toEqual({ maxChunkFrames: 64, skipped: [] })
})

test('a job that was finished between two quick losses does not keep WebGPU', () => {
  const recovered = { ...lost(0), recovered: true }
  const second = nextAttempt([lost(0)], firstAttempt)
  expect(second && nextAttempt([recovered, lost(60)], second)?.skipped).toMatchObject([{ name: 'webgpu' }])
})

test('deaths before a job was finished do not count towards giving up', () => {
  const recovered = [died(0), died(1)].map((failure) => ({ ...failure, recovered: true }))
  expect(nextAttempt([...recovered, died(200)], firstAttempt)).toBeDefined()
})

test('it gives up after three deaths without a finished job between them', () => {
  expect(nextAttempt([died(0), died(1)], firstAttempt)).toBeDefined()
  expect(nextAttempt([died(0), died(1), died(2)], firstAttempt)).toBeUndefined()
  expect(nextAttempt([lost(0), lost(1), died(2)], firstAttempt)).toBeUndefined()
})

test('the chunk never falls below 32 frames', () => {
  expect(nextAttempt([died(0)], { maxChunkFrames: 32, skipped: [] })?.maxChunkFrames).toBe(32)
})

test('an unfit backend is abandoned at once, and the cpu has nothing below it', () => {
  const skipped = (cause: WorkerFailure<Backend>['cause'], backend: Backend) =>
    nextAttempt([{ cause, backend, atSeconds: 0 }], firstAttempt)?.skipped
  expect(skipped('backend-unfit', 'webgpu')).toMatchObject([{ name: 'webgpu' }])
  expect(skipped('backend-unfit', 'cpu')).toBeUndefined()
  const short = { name: 'webgpu', reason: expect.stringContaining('enough memory') }
  expect(skipped('memory-short', 'webgpu')).toMatchObject([short])
  expect(skipped('memory-short', 'cpu')).toBeUndefined()
})

test('where workers are never restarted, it gives up at the first failure', () => {
  expect(neverRestart.nextAttempt([died(0)], neverRestart.firstAttempt)).toBeUndefined()
})
