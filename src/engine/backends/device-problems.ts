/** Converts errors of the compute device to problems that the engines handle. */
import { ProblemError } from '../../base/problem.ts'
import type { WebGpuDevice } from './webgpu-device.ts'

/** Operations on a lost device fail before the loss is announced; after this time the device was not lost. */
const announcementMilliseconds = 250

/** Converts an error to an `out-of-memory`, `device-lost` or `gpu-error` problem if it is one of these. */
export async function deviceProblem(thrown: unknown, gpu: WebGpuDevice | undefined): Promise<unknown> {
  if (thrown instanceof ProblemError) return thrown
  if (isOutOfMemory(thrown)) {
    return new ProblemError(
      {
        code: 'out-of-memory',
        message: 'This device does not have enough memory for this job.',
        remedy: 'Close other pages, or choose the small model.',
      },
      { cause: thrown },
    )
  }
  if (!gpu) return thrown
  const silence = new Promise<undefined>((resolve) => setTimeout(resolve, announcementMilliseconds))
  const lost = await Promise.race([gpu.lost, silence])
  if (lost !== undefined) return deviceLost(lost)
  return new ProblemError(
    {
      code: 'gpu-error',
      message: `The graphics device reported an error: ${thrown instanceof Error || thrown instanceof GPUError ? thrown.message : thrown}`,
      remedy: 'Add "backend=wasm" to the address to use the CPU instead.',
    },
    { cause: thrown },
  )
}

export function deviceLost(reason: string): ProblemError {
  return new ProblemError({
    code: 'device-lost',
    message: `The graphics device was lost: ${reason}`,
    remedy: 'Try again; the work then starts over.',
  })
}

/** WebGPU has a type for it; WebAssembly and typed arrays only have messages. */
function isOutOfMemory(thrown: unknown): boolean {
  if (typeof GPUOutOfMemoryError !== 'undefined' && thrown instanceof GPUOutOfMemoryError) return true
  return (
    thrown instanceof Error &&
    /out of memory|allocation failed|enlarge memory|memory access out of bounds|\bOOM\b/i.test(thrown.message)
  )
}
