import { expect, test } from 'vitest'
import { ProblemError } from '../base/problem.ts'
import { startOptions, toFailure, trainerPolicy, vocoderPolicy } from './restart-rules.ts'
import type { BackendName } from './vocoder-engine.ts'

const policies = { vocoder: vocoderPolicy, trainer: trainerPolicy }

/** Returns the backends that are abandoned after one failure, or after two within a second. */
function left(policy: keyof typeof policies, cause: 'backend-unfit' | 'worker-lost', backend: BackendName) {
  const { firstAttempt, nextAttempt } = policies[policy]
  const failures = [0, 1].map((atSeconds) => ({ cause, backend, atSeconds }))
  return nextAttempt(failures, firstAttempt)?.skipped.map(({ name }) => name)
}

test('an unfit backend is abandoned where another one can do the job', () => {
  expect(left('vocoder', 'backend-unfit', 'webgpu')).toEqual(['webgpu'])
  expect(left('vocoder', 'backend-unfit', 'wasm')).toEqual(['wasm'])
  expect(left('vocoder', 'backend-unfit', 'cpu')).toBeUndefined()
  expect(left('trainer', 'backend-unfit', 'webgpu')).toEqual(['webgpu'])
  expect(left('trainer', 'backend-unfit', 'wasm')).toBeUndefined()
  expect(left('trainer', 'backend-unfit', 'cpu')).toBeUndefined()
})

test('only webgpu is abandoned after quick repeats', () => {
  for (const policy of ['vocoder', 'trainer'] as const) {
    expect(left(policy, 'worker-lost', 'webgpu')).toEqual(['webgpu'])
    expect(left(policy, 'worker-lost', 'wasm')).toEqual([])
  }
})

test('a requested backend is no longer requested once it was abandoned', () => {
  const attempt = { maxChunkFrames: 64, skipped: [{ name: 'webgpu', reason: 'it was lost' }] } as const
  const start = { baseUrl: 'https://example.org/', skipped: attempt.skipped, maxChunkFrames: 64 }
  const { baseUrl } = start
  expect(startOptions(attempt, { baseUrl, backend: 'wasm' })).toEqual({ ...start, backend: 'wasm' })
  expect(startOptions(attempt, { baseUrl, backend: 'webgpu' })).toEqual({ ...start, backend: undefined })
})

test('a lost device and a backend that cannot do the job are failures, a refused request is none', () => {
  const causeOf = (code: string) => toFailure(new ProblemError({ code, message: 'It was.' }))?.cause
  expect(causeOf('device-lost')).toBe('device-lost')
  expect(causeOf('out-of-memory')).toBe('memory-short')
  expect(causeOf('gpu-error')).toBe('backend-unfit')
  expect(causeOf('mel-mismatch')).toBeUndefined()
  expect(toFailure(new Error('out-of-memory'))).toBeUndefined()
})
