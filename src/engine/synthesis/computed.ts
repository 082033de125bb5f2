/** Results of tensor computations, and the problems of the device that computes them. */
import * as tf from '@tensorflow/tfjs'
import { deviceProblem } from '../backends/device-problems.ts'
import type { WebGpuDevice } from '../backends/webgpu-device.ts'

/** Returns the values of the tensor that `compute` returns; runs it within a tidy. Rejects as `onDevice` does. */
export async function computed(
  gpu: WebGpuDevice | undefined,
  compute: () => tf.Tensor,
): Promise<Float32Array> {
  let output: tf.Tensor | undefined
  try {
    return await onDevice(gpu, () => {
      output = tf.tidy(compute)
      return output.data<'float32'>()
    })
  } finally {
    output?.dispose()
  }
}

/** Settles as `work` does; rejects with the problem that the device has had by then, if any. */
export async function onDevice<Result>(
  gpu: WebGpuDevice | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await work()
    const error = gpu?.takeError()
    if (error) throw error
    return result
  } catch (thrown) {
    throw await deviceProblem(thrown, gpu)
  }
}
