/** The queue of a GPU, which tfjs fills without ever waiting for it. */
import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

/**
 * Returns a function that submits what was computed since its last call, and resolves as soon as the work before that
 * is done: the queue never runs empty, and never holds more than two calls' work. Resolves at once on other backends.
 */
export function createPacer(): () => Promise<void> {
  let underWay = Promise.resolve()
  return async () => {
    const backend = tf.backend()
    if (!(backend instanceof WebGPUBackend)) return
    const earlier = underWay
    backend.ensureCommandEncoderReady()
    backend.endComputePassEncoder()
    backend.submitQueue()
    // A lost device is reported when a result is read.
    underWay = backend.device.queue.onSubmittedWorkDone().then(
      () => {},
      () => {},
    )
    await earlier
  }
}
