/** Compiles the pipelines of a computation before it runs, all at once instead of one after the other. */
import * as tf from '@tensorflow/tfjs'
import { currentWebGpu } from './current-backend.ts'

/**
 * Calls `compute`, within a tidy, without computing anything, and resolves when all pipelines that it uses are compiled.
 * Nothing else may use tfjs until then. Does nothing on other backends.
 */
export async function compilePipelines(compute: () => void): Promise<void> {
  const backend = currentWebGpu()
  if (!backend) return
  tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true)
  try {
    tf.tidy(compute)
  } finally {
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false)
    await backend.checkCompileCompletionAsync()
  }
}
