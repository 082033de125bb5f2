/** What goes wrong on the device that computes, in the words that the engines act on. */
import { ProblemError } from '../../base/problem.ts'
import type { WebGpuDevice } from './webgpu-device.ts'

/** Results of a lost device fail before the loss is announced; after this long there was none. */
const announcementMilliseconds = 250

/** `thrown` by a computation, as an `out-of-memory`, `device-lost` or `gpu-error` problem where it is one. */
export async function deviceProblem(thrown: unknown, gpu: WebGpuDevice | undefined): Promise<unknown> {
  if (thrown instanceof ProblemError) return thrown
  if (isOutOfMemory(thrown)) {
    return new ProblemError(
      {
        code: 'out-of-memory',
        message: 'The memory of this device is too small for this job.',
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
      message: `The graphics device reports an error: ${thrown instanceof Error || thrown instanceof GPUError ? thrown.message : thrown}`,
      remedy: 'Add "backend=wasm" to the address, so that the processor does the work.',
    },
    { cause: thrown },
  )
}

export function deviceLost(reason: string): ProblemError {
  return new ProblemError({
    code: 'device-lost',
    message: `The graphics device was lost: ${reason}`,
    remedy: 'Try again; the work is then done anew.',
  })
}

/** WebGPU has a type for it; WebAssembly and typed arrays only have words. */
function isOutOfMemory(thrown: unknown): boolean {
  if (typeof GPUOutOfMemoryError !== 'undefined' && thrown instanceof GPUOutOfMemoryError) return true
  return (
    thrown instanceof Error &&
    /out of memory|allocation failed|enlarge memory|memory access out of bounds|\bOOM\b/i.test(thrown.message)
  )
}
