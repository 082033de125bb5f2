/** The queue of a GPU, which tfjs fills without ever waiting for it. */
import * as tf from '@tensorflow/tfjs'
import { currentWebGpu } from './current-backend.ts'

/**
 * tfjs submits its commands whenever there are this many, 15 by default. An evaluation has about 270: one submission for
 * all of it spares the calls into the browser, and takes twice the memory, because results are freed when submitted.
 */
const dispatchesPerSubmission = 512

/**
 * Returns a function that submits what was computed since its last call, and resolves as soon as the work before that
 * is done: the queue never runs empty, and never holds more than two calls' work. Resolves at once on other backends.
 */
export function createPacer(): () => Promise<void> {
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', dispatchesPerSubmission)
  let underWay = Promise.resolve()
  return async () => {
    const backend = currentWebGpu()
    if (!backend) return
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
