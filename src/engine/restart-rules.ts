/** Tells the supervisor of the vocoder's and the trainer's workers how to go on after a failure on each backend. */
import { ProblemError } from '../base/problem.ts'
import { type DegradedAttempt, degradingPolicy } from '../worker/restart-policy.ts'
import type { FailureReport } from '../worker/supervised-worker.ts'
import type { StartOptions } from './protocol.ts'
import type { BackendName } from './vocoder-engine.ts'

export type Attempt = DegradedAttempt<BackendName>

/** Most frames per chunk: synthesis begins with the first, and falls to the next when memory is short. */
export const chunkFramesLadder = [256, 128, 64, 32] as const

/** Chromium bars a page from the GPU after quick repeats of a loss. */
const leftAfterRepeat = ['webgpu'] as const

/** The processor can do what a graphics device cannot, and plain JavaScript what WebAssembly cannot. */
export const vocoderPolicy = degradingPolicy<BackendName>({
  chunkFramesLadder,
  leftWhenUnfit: ['webgpu', 'wasm'],
  leftAfterRepeat,
})

/** A batch that is too large for WebAssembly is too large for plain JavaScript, which would take days. */
export const trainerPolicy = degradingPolicy<BackendName>({
  chunkFramesLadder,
  leftWhenUnfit: ['webgpu'],
  leftAfterRepeat,
})

/** The options with which a worker starts in an attempt. A backend that the user asked for is dropped once it was left. */
export function startOptions(
  { skipped, maxChunkFrames }: Attempt,
  { baseUrl = document.baseURI, backend }: { readonly baseUrl?: string; readonly backend?: BackendName },
): StartOptions {
  const left = skipped.some(({ name }) => name === backend)
  return { baseUrl, backend: left ? undefined : backend, skipped, maxChunkFrames }
}

/** The failure that `thrown` stands for, where it means that the worker, or its backend, cannot be used any more. */
export function toFailure(thrown: unknown): FailureReport | undefined {
  if (!(thrown instanceof ProblemError)) return undefined
  const { code, message } = thrown.problem
  if (code === 'device-lost') return { cause: 'device-lost', reason: message }
  if (code === 'out-of-memory' || code === 'gpu-error') return { cause: 'backend-unfit', reason: message }
  return undefined
}
