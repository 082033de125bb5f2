/** Tells the supervisors of the vocoder's and the trainer's workers how to continue after a failure on each backend. */
import { ProblemError } from '../base/problem.ts'
import { type DegradedAttempt, degradingPolicy } from '../worker/restart-policy.ts'
import type { FailureReport } from '../worker/supervised-worker.ts'
import type { StartOptions } from './protocol.ts'
import type { BackendName } from './vocoder-engine.ts'

export type Attempt = DegradedAttempt<BackendName>

/**
 * Maximum numbers of frames per chunk: synthesis starts with the first and falls to the next when memory runs short.
 */
export const chunkFramesLadder = [256, 128, 64, 32] as const

/** Chromium bars a page from the GPU after several losses in quick succession. */
const leftAfterRepeat = ['webgpu'] as const

/** The CPU can do jobs that a graphics device cannot, and plain JavaScript jobs that WebAssembly cannot. */
export const vocoderPolicy = degradingPolicy<BackendName>({
  chunkFramesLadder,
  leftWhenUnfit: ['webgpu', 'wasm'],
  leftAfterRepeat,
})

/** A batch that is too large for WebAssembly is also too large for plain JavaScript, which would take days. */
export const trainerPolicy = degradingPolicy<BackendName>({
  chunkFramesLadder,
  leftWhenUnfit: ['webgpu'],
  leftAfterRepeat,
})

/** Returns the worker's start options for an attempt. A backend that the user asked for is dropped once abandoned. */
export function startOptions(
  { skipped, maxChunkFrames }: Attempt,
  { baseUrl = document.baseURI, backend }: { readonly baseUrl?: string; readonly backend?: BackendName },
): StartOptions {
  const left = skipped.some(({ name }) => name === backend)
  return { baseUrl, backend: left ? undefined : backend, skipped, maxChunkFrames }
}

/** Returns the failure that `thrown` stands for if it means that the worker, or its backend, is no longer usable. */
export function toFailure(thrown: unknown): FailureReport | undefined {
  if (!(thrown instanceof ProblemError)) return undefined
  const { code, message } = thrown.problem
  if (code === 'device-lost') return { cause: 'device-lost', reason: message }
  if (code === 'out-of-memory') return { cause: 'memory-short', reason: message }
  if (code === 'gpu-error') return { cause: 'backend-unfit', reason: message }
  return undefined
}
