/**
 * The network as synthesis needs it: numbers in, numbers out, one window at a time. Tensors live only within a call. What
 * depends on the mel alone is computed anew for every window and step: it is under 2 % of an evaluation, and keeping it
 * would take memory that grows with the utterance.
 */
import * as tf from '@tensorflow/tfjs'
import { ProblemError } from '../base/problem.ts'
import type { WaveGrad } from '../model/wavegrad.ts'
import type { WindowNetwork } from './synthesis.ts'
import type { WebGpuDevice } from './webgpu-device.ts'

/** Rejects with `out-of-memory`, `device-lost` or `gpu-error` problems, after which the engine knows what to do. */
export function windowNetwork(model: WaveGrad, gpu: WebGpuDevice | undefined): WindowNetwork {
  const { hopSamples, bands } = model.config.mel
  return {
    hopSamples,
    bands,
    haloFrames: model.haloFrames,
    prediction: model.config.prediction,
    waveform: (process, mel, betweenPasses) => model.waveform(process, mel, betweenPasses),
    async evaluate(mel, y, noiseLevel) {
      const frames = mel.length / bands
      let output: tf.Tensor3D | undefined
      try {
        output = tf.tidy(() => {
          const conditioning = model.condition(tf.tensor3d(mel, [1, frames, bands]))
          return model.predict(tf.tensor3d(y, [1, y.length, 1]), conditioning, noiseLevel)
        })
        const values = await output.data<'float32'>()
        const error = gpu?.takeError()
        if (error) throw error
        return values
      } catch (thrown) {
        throw await asProblem(thrown, gpu)
      } finally {
        output?.dispose()
      }
    },
  }
}

/** Results of a lost device fail before the loss is announced; after this long there was none. */
const announcementMilliseconds = 250

async function asProblem(thrown: unknown, gpu: WebGpuDevice | undefined): Promise<unknown> {
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
